import { GatewayDeclinedError, GatewayUnknownError } from "../../../gateways/shared/errors"
import { newOrder } from "../../../modules/payment-journal/__tests__/journal-fixtures"
import { MemoryJournal } from "../../../modules/payment-journal/__tests__/memory-journal"
import { askForShopper } from "../payment-status"
import { askOrder } from "../sync-order"
import type { GatewayContext } from "../context"
import { buildMocasaGateway } from "../../mocasa/gateway"
import { mocasaOptions } from "../../mocasa/options"

const call = { gateway: "acme", operation: "query" }

/** An order that is open, and a gateway that answers each question so. */
async function asking(answer: () => Promise<never>, now = () => new Date()) {
  const journal = new MemoryJournal({ now })
  const { reference } = newOrder({})
  await journal.openOrder(newOrder({ reference }))
  const order = (await journal.changeOrder(reference, { state: "open" }))!
  let questions = 0
  const options = mocasaOptions.parse({
    baseUrl: "https://api.acme.example",
    clientKey: "key",
    clientSecret: "secret",
    returnUrl: "https://shop.example/return",
  })
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const context: GatewayContext = {
    gateway: {
      ...buildMocasaGateway(options, { now, onCall: () => {} }),
      queryOrder: async () => {
        questions += 1
        return await answer()
      },
    },
    journal,
    log,
    announce: async () => {},
    sleep: async () => {},
    leaseMs: 1_000,
  }
  return { context, order, journal, questions: () => questions }
}

describe("an order that is asked about", () => {
  it("is unpaid where the gateway's table calls its refusal: there is none", async () => {
    const none = new GatewayDeclinedError({ ...call, isNotFound: true, code: "E_NONE" })
    const { context, order } = await asking(async () => Promise.reject(none))
    expect(await askOrder(context, order)).toMatchObject({
      order: { state: "open" },
      verdict: { type: "pending" },
    })
  })

  it.each([
    new GatewayDeclinedError(call),
    new GatewayDeclinedError({ ...call, reason: "unauthorized" }),
    new GatewayUnknownError({ ...call, reason: "server_error" }),
  ])("is not known where it refuses in another way: $message", async (refusal) => {
    const { context, order } = await asking(async () => Promise.reject(refusal))
    await expect(askOrder(context, order)).rejects.toBe(refusal)
  })
})

describe("a question for shoppers", () => {
  it("is one while it runs, whoever asks, and tells all of them the same error", async () => {
    const away = new GatewayUnknownError({ ...call, reason: "reset" })
    const { context, order, questions } = await asking(async () => Promise.reject(away))
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, async () => await askForShopper(context, order))
    )
    expect(all.every((one) => one.status === "rejected" && one.reason === away)).toBe(true)
    expect(questions()).toBe(1)
  })

  it("is answered by what the journal holds by then, until the pace lets another begin", async () => {
    let time = 0
    const away = new GatewayUnknownError({ ...call, reason: "reset" })
    const { context, order, journal, questions } = await asking(
      async () => Promise.reject(away),
      () => new Date(time)
    )
    await askForShopper(context, order).catch(() => undefined)
    expect(await askForShopper(context, order)).toMatchObject({ verdict: { type: "pending" } })
    await journal.changeOrder(order.reference, { state: "paid" })
    expect(await askForShopper(context, order)).toMatchObject({ verdict: { type: "paid" } })
    expect(questions()).toBe(1)
    time += 2_000
    await askForShopper(context, order).catch(() => undefined)
    expect(questions()).toBe(2)
  })
})
