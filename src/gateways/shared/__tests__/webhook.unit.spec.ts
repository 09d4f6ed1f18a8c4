import { admitWebhook, type WebhookReader } from "../webhook"
import type { WebhookEvent, WebhookReport } from "../webhook"

const reference = "01J9ZC7T4M8W2X3Y5V6B7N8PQR0"
const rawBody = Buffer.from("the very bytes")

const reader = (
  reading: WebhookReport,
  webhooks: WebhookReader["webhooks"] = "signed"
): WebhookReader => ({ webhooks, parseWebhook: () => reading })

const event = (change: Partial<WebhookEvent> = {}): WebhookEvent => ({
  type: "event",
  reference,
  rawStatus: "paid",
  eventKey: "1|paid",
  ...change,
})

const admit = (reading: WebhookReport, method = "POST", webhooks?: WebhookReader["webhooks"]) =>
  admitWebhook({ method, rawBody, headers: {} }, reader(reading, webhooks))

function accepted(change: Partial<WebhookEvent>) {
  const decision = admit(event(change))
  if (decision.type !== "accepted") {
    throw new Error(`It was not accepted: ${decision.type}`)
  }
  return decision.event
}

describe("a request to a webhook's address", () => {
  it("hands the exact bytes and the headers over, and nothing that was made of them", () => {
    const parseWebhook = jest.fn(() => event())
    const headers = { "content-type": "application/octet-stream", sign: "x" }
    admitWebhook({ method: "POST", rawBody, headers }, { webhooks: "signed", parseWebhook })
    expect(parseWebhook).toHaveBeenCalledWith({ rawBody, headers })
  })

  it("is proven with a key, and a hint without one", () => {
    expect(admit(event())).toMatchObject({ type: "accepted", proof: "proven" })
    const { eventKey: _, ...unsigned } = event()
    expect(admit(unsigned)).toMatchObject({
      type: "accepted",
      proof: "hint",
      event: { eventKey: null },
    })
  })

  it.each([
    [{ type: "forged" }, { type: "refused", status: 401 }],
    [
      { type: "unreadable", reason: "it is a page" },
      { type: "refused", status: 400 },
    ],
    [
      { type: "foreign", reason: "made by hand" },
      { type: "foreign", reason: "made by hand" },
    ],
  ] as const)("that reads as %j is %j", (reading, decision) => {
    expect(admit(reading)).toMatchObject(decision)
  })

  it.each(["GET", "HEAD", "PUT", "DELETE"])(
    "by %s is refused where the gateway signs",
    (method) => {
      expect(admit(event(), method)).toMatchObject({ type: "refused", status: 404 })
    }
  )

  it("by GET is taken where the gateway signs nothing, and by nothing else than GET and POST", () => {
    expect(admit(event(), "GET", "unsigned").type).toBe("accepted")
    expect(admit(event(), "HEAD", "unsigned").type).toBe("refused")
  })
})

describe("what is kept of an accepted message", () => {
  const long = "x".repeat(60_000)

  it("has no text without an end, whoever wrote it", () => {
    const kept = accepted({ rawStatus: long, gatewayId: long, claimedAmount: long, eventKey: long })
    expect(JSON.stringify(kept).length).toBeLessThan(400)
  })

  it("keeps a long key's events apart, and one event's together", () => {
    const keys = [`${long}a`, `${long}b`, `${long}a`].map(
      (eventKey) => accepted({ eventKey }).eventKey
    )
    expect(new Set(keys).size).toBe(2)
    expect(keys[0]).toBe(keys[2])
  })

  it("has nothing that PostgreSQL can't hold", () => {
    const kept = accepted({
      rawStatus: "pa\u0000id\ud800",
      gatewayId: "1\u00002",
      eventKey: "1\u0000|paid",
    })
    expect(JSON.stringify(kept)).not.toMatch(/\\u0000|\\ud800/)
    expect(kept.gatewayId).toBeNull()
  })

  it("has a claimed amount only where it is one", () => {
    expect(accepted({ claimedAmount: "100.50" }).claimedAmount).toBe("100.50")
    for (const claimedAmount of ["NaN", "1,5", "", "1e9999", `${"9".repeat(50)}`]) {
      expect(accepted({ claimedAmount }).claimedAmount).toBeNull()
    }
  })

  it.each([long, "a\u0000b", " 01J9ZC7T4M8W2X3Y5V6B7N8PQR0", "a\nb", ""])(
    "is nothing of this shop's where no reference of ours could read so (%#)",
    (other) => {
      expect(admit(event({ reference: other })).type).toBe("foreign")
    }
  )
})
