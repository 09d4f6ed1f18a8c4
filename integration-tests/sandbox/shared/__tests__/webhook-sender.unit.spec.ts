import { html, htmlPage } from "../html"
import { Ledger } from "../ledger"
import { WebhookSender, type WebhookSenderOptions } from "../webhook-sender"
import { type Receiver, startReceiver } from "./receiver"

const message = { reference: "ORD1", headers: { "content-type": "text/plain" }, body: "hello" }

describe("WebhookSender", () => {
  let receiver: Receiver
  let sender: WebhookSender

  async function start(
    answer?: Parameters<typeof startReceiver>[0],
    retryDelayMs = 1,
    more: Partial<WebhookSenderOptions> = {}
  ) {
    receiver = await startReceiver(answer)
    sender = new WebhookSender({
      url: () => new URL(receiver.url),
      maxFailures: 5,
      retryDelayMs,
      timeoutMs: 200,
      now: Date.now,
      ...more,
    })
  }

  afterEach(async () => {
    await sender.close()
    await receiver.close()
  })

  it("delivers the very bytes and headers it was given", async () => {
    await start()
    sender.send({ ...message, body: "₱ 1" })
    await sender.settled()
    expect(receiver.received).toEqual([
      expect.objectContaining({
        path: "/hook",
        body: "₱ 1",
        headers: expect.objectContaining({ "content-type": "text/plain" }),
      }),
    ])
    expect(sender.sent).toHaveLength(1)
  })

  it("tries again until the answer is in the 200 range", async () => {
    await start((index) => ({ status: [500, 404, 204][index] ?? 500 }))
    sender.send(message)
    await sender.settled()
    expect(sender.deliveries[0]?.attempts.map(({ outcome }) => outcome)).toEqual([
      { status: 500 },
      { status: 404 },
      { status: 204 },
    ])
    expect(sender.deliveries[0]?.state).toBe("delivered")
  })

  it("neither follows a redirect nor takes it as received", async () => {
    const elsewhere = await startReceiver()
    await start((index) =>
      index === 0 ? { status: 302, location: elsewhere.url } : { status: 200 }
    )
    sender.send(message)
    await sender.settled()
    expect(receiver.received).toHaveLength(2)
    expect(elsewhere.received).toHaveLength(0)
    await elsewhere.close()
  })

  it("switches itself off after the sixth failure and sends nothing more until it is enabled", async () => {
    let status = 401
    await start(() => ({ status }))
    sender.send(message)
    await sender.settled()
    expect(receiver.received).toHaveLength(6)
    expect(sender.enabled).toBe(false)
    expect(sender.deliveries[0]?.state).toBe("given-up")

    sender.send(message)
    await sender.settled()
    expect(receiver.received).toHaveLength(6)
    expect(sender.deliveries[1]).toMatchObject({ state: "given-up", attempts: [] })

    status = 200
    sender.enable()
    sender.send(message)
    await sender.settled()
    expect(receiver.received).toHaveLength(7)
    expect(sender.deliveries.map(({ state }) => state)).toEqual([
      "given-up",
      "given-up",
      "delivered",
    ])
  })

  it("is still on after five failures", async () => {
    await start((index) => ({ status: index < 5 ? 500 : 200 }))
    sender.send(message)
    await sender.settled()
    expect(sender.enabled).toBe(true)
    expect(sender.sent).toHaveLength(1)
  })

  it("counts an endpoint that can't be reached as a failure", async () => {
    await start()
    await receiver.close()
    sender.send(message)
    await sender.settled()
    expect(sender.deliveries[0]?.attempts[0]?.outcome).toHaveProperty("error")
    expect(sender.enabled).toBe(false)
  })

  it("sends and keeps nothing where no address is set", async () => {
    await start()
    const silent = new WebhookSender({
      url: () => undefined,
      maxFailures: 5,
      retryDelayMs: 1,
      timeoutMs: 200,
      now: Date.now,
    })
    silent.send(message)
    await silent.settled()
    expect(silent.deliveries).toEqual([])
  })

  it("can go on with the others after one was given up", async () => {
    await start((index) => ({ status: index < 6 ? 500 : 200 }), 1, { afterGivingUp: "go-on" })
    sender.send(message)
    await sender.settled()
    expect(sender.deliveries).toMatchObject([{ state: "given-up" }])
    expect(receiver.received).toHaveLength(6)
    sender.send(message)
    await sender.settled()
    expect(sender.deliveries).toMatchObject([{ state: "given-up" }, { state: "delivered" }])
  })

  it("can take another status for a yes", async () => {
    await start((index) => ({ status: index === 0 ? 204 : 302 }), 1, {
      isTaken: (status) => status === 302,
    })
    sender.send(message)
    await sender.settled()
    expect(sender.deliveries).toMatchObject([
      {
        state: "delivered",
        attempts: [{ outcome: { status: 204 } }, { outcome: { status: 302 } }],
      },
    ])
  })

  it("can send each message where that message says", async () => {
    await start(undefined, 1, { url: ({ notifyUrl = "" }) => new URL(notifyUrl) })
    sender.send({ ...message, notifyUrl: `${receiver.url}?of=1` })
    sender.send({ ...message, notifyUrl: `${receiver.url}?of=2` })
    await sender.settled()
    expect(receiver.received.map(({ path }) => path).sort()).toEqual(["/hook?of=1", "/hook?of=2"])
  })

  it("can send a message as a GET without a body", async () => {
    await start(undefined, 1, { url: ({ notifyUrl = "" }) => new URL(notifyUrl) })
    sender.send({ ...message, method: "GET", notifyUrl: `${receiver.url}?status=paid` })
    await sender.settled()
    expect(receiver.received).toMatchObject([
      { method: "GET", path: "/hook?status=paid", body: "" },
    ])
    expect(receiver.received[0]?.headers).not.toHaveProperty("content-length")
  })

  it("ends a delivery that waits for its retry when it is closed", async () => {
    await start(() => ({ status: 500 }), 60_000)
    sender.send(message)
    while (sender.deliveries[0]?.attempts.length === 0) await new Promise(setImmediate)
    expect(sender.pending).toHaveLength(1)
    await sender.close()
    expect(sender.pending).toHaveLength(0)
    expect(receiver.received).toHaveLength(1)
  })

  it("waits longer before each further retry", async () => {
    await start((index) => ({ status: index < 4 ? 500 : 200 }), 20)
    const arrivals: number[] = []
    const times = new WebhookSender({
      url: () => new URL(receiver.url),
      maxFailures: 5,
      retryDelayMs: 20,
      timeoutMs: 200,
      now: () => {
        arrivals.push(performance.now())
        return 0
      },
    })
    times.send(message)
    await times.settled()
    const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? 0))
    expect(gaps).toHaveLength(4)
    expect(gaps[3]).toBeGreaterThan(gaps[0] ?? Infinity)
  })
})

const payment = { kind: "payment", reference: "A", amount: "1.00", currency: "PHP" } as const

describe("Ledger", () => {
  it("shows a payment that was made twice as two entries", () => {
    const ledger = new Ledger(() => 0)
    ledger.append(payment)
    ledger.append(payment)
    expect(ledger.entries()).toEqual([
      { ...payment, at: "1970-01-01T00:00:00.000Z" },
      { ...payment, at: "1970-01-01T00:00:00.000Z" },
    ])
  })

  it("can be asked for one kind and one reference", () => {
    const ledger = new Ledger(() => 0)
    ledger.append(payment)
    ledger.append({ ...payment, kind: "refund" })
    ledger.append({ ...payment, reference: "B" })
    expect(ledger.entries({ kind: "payment", reference: "A" })).toHaveLength(1)
    expect(ledger.entries({ reference: "A" })).toHaveLength(2)
  })
})

describe("html", () => {
  it("escapes what could end an element or an attribute", () => {
    expect(html`<p title="${`"'`}">${"<script>&"}</p>`.text).toBe(
      '<p title="&quot;&#39;">&lt;script&gt;&amp;</p>'
    )
  })

  it("escapes once, however deep the templates stand in each other", () => {
    expect(html`<div>${html`<b>${"<"}</b>`}</div>`.text).toBe("<div><b>&lt;</b></div>")
  })

  it("escapes the title of a page", () => {
    expect(htmlPage("</title><script>", html`x`)).toContain(
      "<title>&lt;/title&gt;&lt;script&gt;</title>"
    )
  })

  it("fetches nothing", () => {
    expect(htmlPage("A page", html`x`)).not.toMatch(/src=|href=|url\(|@import/)
  })
})
