import type { RequestListener } from "node:http"
import { loopbacks } from "../../../gateways/shared/__tests__/gateway-http"
import { buildMocopayGateway, mocopay } from "../../mocopay/gateway"
import { parseOptions, timeoutsWithin } from "../options"

describe("the one time-out of a gateway", () => {
  it("leaves each phase less than the whole, and a connection five seconds at most", () => {
    expect(timeoutsWithin(15_000)).toEqual({
      connectMs: 5_000,
      headersMs: 12_000,
      bodyMs: 5_000,
      totalMs: 15_000,
    })
    expect(timeoutsWithin(120_000).connectMs).toBe(5_000)
  })

  it.each([500, 800, 15_000, 120_000])("has a share for each phase of %i ms", (timeoutMs) => {
    const { connectMs, headersMs, bodyMs, totalMs } = timeoutsWithin(timeoutMs)
    expect(connectMs).toBeLessThan(headersMs)
    expect(headersMs).toBeLessThan(totalMs)
    expect(bodyMs).toBeLessThan(totalMs)
    expect(totalMs).toBe(timeoutMs)
  })
})

describe("a gateway's own client tells by its error in which phase it gave up", () => {
  /** A call that opens something, and so is not repeated. */
  async function openAt(baseUrl: string): Promise<unknown> {
    const options = parseOptions(mocopay, {
      baseUrl,
      timeoutMs: 600,
      apiKey: "key",
      secret: "a-secret",
      products: [{ pid: "P", amount: "5", currency: "EUR" }],
    })
    const gateway = buildMocopayGateway(options, { now: () => new Date(), onCall: () => undefined })
    const order = { reference: "R", amount: "5.00", currency: "eur", payer: {} }
    return await gateway.createOrder(order).catch((error: unknown) => error)
  }

  it("a connection that is not made was not sent anything", async () => {
    const { port } = await loopbacks.tcp(() => undefined)
    const url = `https://127.0.0.1:${port}`
    expect(await openAt(url)).toMatchObject({ outcome: "not_sent", reason: "connect_timeout" })
  })

  it.each<[string, string, RequestListener]>([
    ["an answer that does not begin", "headers_timeout", () => undefined],
    ["an answer that falls silent", "body_timeout", (_, response) => void response.write("{")],
    [
      "an answer that never ends",
      "total_timeout",
      (_, response) => {
        const drip = setInterval(() => response.write(" "), 20)
        response.on("close", () => clearInterval(drip))
      },
    ],
  ])("%s leaves it unknown: %s", async (_what, reason, listener) => {
    const { url } = await loopbacks.http(listener)
    expect(await openAt(url)).toMatchObject({ outcome: "unknown", reason })
  })
})
