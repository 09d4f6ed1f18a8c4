import { CallLog } from "../call-log"
import { type FaultInput, Faults } from "../faults"
import { Ledger } from "../ledger"
import { jsonReply, type SandboxServer, startServer } from "../server"
import { WebhookSender, type WebhookSenderOptions } from "../webhook-sender"
import { closeAfterTest } from "./close-after-test"
import { type Receiver, startReceiver } from "./receiver"

/** A gateway with one call, which counts how often it acted. */
/** Longer than a busy machine takes from a call that comes in to the next step of a test, in milliseconds. */
const lateMs = 2_000

describe("startServer", () => {
  let server: SandboxServer
  let faults: Faults
  let calls: CallLog
  let acted: number

  const start = (port = 0) =>
    startServer({
      port,
      faults,
      calls,
      gatewayRoutes: [
        {
          method: "POST",
          path: "/act",
          handle: () => {
            acted += 1
            return jsonReply(200, { done: true })
          },
        },
        {
          method: "POST",
          path: "/orders/:id",
          faultPath: ({ query }) => `/orders/:id#${query.get("do")}`,
          handle: () => jsonReply(200, { done: true }),
        },
        {
          method: "POST",
          path: "/broken",
          handle: () => {
            throw new Error("a mistake in a sandbox")
          },
        },
      ],
      controlRoutes: [{ method: "GET", path: "/_sandbox/ping", handle: () => jsonReply(200, {}) }],
      refuse: (problem) => jsonReply(problem === "unauthorized" ? 401 : 400, { problem }),
    })

  beforeEach(async () => {
    acted = 0
    faults = new Faults()
    calls = new CallLog({ now: Date.now, secretFields: [], headers: [] })
    server = await start()
  })

  afterEach(() => server.close())

  const act = (init: RequestInit = {}) =>
    fetch(`${server.url}/act`, { method: "POST", redirect: "manual", ...init })

  it.each([
    ["/nowhere", "POST", "unknown-path"],
    ["/act", "GET", "wrong-method"],
  ])("refuses %s by %s in the gateway's words", async (path, method, problem) => {
    const response = await fetch(server.url + path, { method })
    expect(await response.json()).toEqual({ problem })
    expect(calls.count(path)).toBe(1)
  })

  it("refuses a body that is too large, and does not act", async () => {
    const response = await act({ body: "x".repeat(1024 * 1024 + 1) })
    expect(await response.json()).toEqual({ problem: "body-too-large" })
    expect(acted).toBe(0)
  })

  it("strikes only the call that is meant where one path serves several", async () => {
    faults.add({ kind: "http-error", path: "/orders/:id#refund" })
    const ask = (what: string) => fetch(`${server.url}/orders/1?do=${what}`, { method: "POST" })
    expect((await ask("query")).status).toBe(200)
    expect((await ask("refund")).status).toBe(500)
    expect((await ask("refund")).status).toBe(200)
  })

  it("does not act any more on a call that was late when it was closed", async () => {
    faults.add({ kind: "latency", path: "/act", ms: lateMs })
    const call = expect(act()).rejects.toThrow()
    while (calls.count("/act") === 0) await new Promise(setImmediate)
    await server.close()
    await call
    await new Promise((resolve) => setTimeout(resolve, lateMs + 100))
    expect(acted).toBe(0)
  })

  describe("under a fault", () => {
    const inject = (fault: FaultInput) => faults.add(fault)

    /** Calls, and hangs up as soon as the call has come in. */
    async function actAndHangUp() {
      const hangUp = new AbortController()
      const call = expect(act({ signal: hangUp.signal })).rejects.toThrow()
      while (calls.count("/act") === 0) await new Promise(setImmediate)
      hangUp.abort()
      await call
    }

    it("acts late, also for a client that has hung up", async () => {
      inject({ kind: "latency", path: "/act", ms: lateMs })
      await actAndHangUp()
      expect(acted).toBe(0)
      while (acted === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    })

    it("acts and loses the answer", async () => {
      inject({ kind: "answer-lost", path: "/act" })
      await expect(act()).rejects.toThrow()
      expect(acted).toBe(1)
    })

    it("resets the connection and does not act", async () => {
      inject({ kind: "reset-before-acting", path: "/act" })
      await expect(act()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } })
      expect(acted).toBe(0)
    })

    it.each([true, false])("never answers, having acted: %s", async (acts) => {
      inject({ kind: "black-hole", path: "/act", acts })
      await actAndHangUp()
      expect(acted).toBe(acts ? 1 : 0)
    })

    it.each([true, false])("answers 500, having acted: %s", async (acts) => {
      inject({ kind: "http-error", path: "/act", acts })
      expect((await act()).status).toBe(500)
      expect(acted).toBe(acts ? 1 : 0)
    })

    it("answers with a page in place of JSON", async () => {
      inject({ kind: "html", path: "/act" })
      const response = await act()
      expect(response.status).toBe(200)
      expect(response.headers.get("content-type")).toContain("text/html")
      expect(acted).toBe(0)
    })

    it("acts and answers JSON of another shape", async () => {
      inject({ kind: "wrong-shape", path: "/act", answer: { success: "yes" } })
      expect(await (await act()).json()).toEqual({ success: "yes" })
      expect(acted).toBe(1)
    })

    it("acts and sends half of the answer", async () => {
      inject({ kind: "half-answer", path: "/act" })
      const response = await act()
      expect(response.status).toBe(200)
      await expect(response.text()).rejects.toThrow()
      expect(acted).toBe(1)
    })

    it("streams a body of 50 MB where no size is given", async () => {
      inject({ kind: "huge-body", path: "/act" })
      let size = 0
      for await (const chunk of (await act()).body ?? []) size += chunk.length
      expect(size).toBeGreaterThanOrEqual(50 * 1024 * 1024)
    })

    it("redirects to another host with the body", async () => {
      inject({ kind: "redirect", path: "/act", location: "http://evil.example/act" })
      const response = await act()
      expect(response.status).toBe(307)
      expect(response.headers.get("location")).toBe("http://evil.example/act")
      expect(acted).toBe(0)
    })

    it("answers 401 in the gateway's words and does not act", async () => {
      inject({ kind: "unauthorized", path: "/act" })
      const response = await act()
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ problem: "unauthorized" })
      expect(acted).toBe(0)
    })
  })
})

describe("Faults", () => {
  it("strikes once where nothing else is said", () => {
    const faults = new Faults()
    faults.add({ kind: "answer-lost", path: "/a" })
    expect(faults.strike("/a").fault?.kind).toBe("answer-lost")
    expect(faults.strike("/a").fault).toBeUndefined()
    expect(faults.waiting()).toEqual([])
  })
})

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
    sender = closeAfterTest(
      new WebhookSender({
        url: () => new URL(receiver.url),
        maxFailures: 5,
        retryDelayMs,
        timeoutMs: 30_000, // none of these receivers keeps silent
        now: Date.now,
        ...more,
      })
    )
  }

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
})
