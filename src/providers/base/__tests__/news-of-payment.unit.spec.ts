import { decimal } from "../../../gateways/shared/money"
import { MadeUpStore, referenceOf } from "./made-up-store"

describe("a chargeback", () => {
  it("is told once, and changes the order's state", async () => {
    const store = new MadeUpStore()
    const { session } = await store.authorized()
    const reference = referenceOf(session)
    store.gateway.order(reference).word = "TAKEN_BACK"
    const event = { reference, word: "TAKEN_BACK" }
    expect(await store.webhook(event)).toMatchObject({ action: "not_supported" })
    await store.webhook(event)
    expect(store.events).toEqual([
      {
        name: "payment.chargeback",
        data: expect.objectContaining({ reference, amount: "100.00" }),
      },
    ])
    expect(await store.order(session)).toMatchObject({ state: "chargeback" })
    expect(store.said("error")).toContain(reference)
  })

  it("is written down although nobody could be told", async () => {
    const store = new MadeUpStore()
    const { session } = await store.authorized()
    const reference = referenceOf(session)
    store.gateway.order(reference).word = "TAKEN_BACK"
    store.events.push = () => {
      throw new Error("the bus is down")
    }
    await store.webhook({ reference, word: "TAKEN_BACK" })
    expect(await store.order(session)).toMatchObject({ state: "chargeback" })
  })
})

describe("the later charges of a subscription", () => {
  async function subscription() {
    const store = new MadeUpStore()
    const { session } = await store.authorized()
    const reference = referenceOf(session)
    const charge = (total: string, number: number) => {
      store.gateway.extra = {
        series: {
          event: "madeup.series_charged",
          gatewayId: "S1",
          number,
          total: decimal(total),
          currency: "php",
        },
      }
      return { reference, word: "PAID", unproven: true, later: true }
    }
    return { store, reference, charge }
  }

  it("are told each once, with their amounts", async () => {
    const { store, charge } = await subscription()
    await store.webhook(charge("200", 2))
    await store.webhook(charge("200", 2))
    await store.webhook(charge("350.5", 4))
    expect(store.events.map(({ name, data }) => [name, data.amount, data.total_amount])).toEqual([
      ["madeup.series_charged", "100", "200"],
      ["madeup.series_charged", "150.5", "350.5"],
    ])
  })

  it("are told once where two notifications come at once", async () => {
    const { store, charge } = await subscription()
    const event = charge("200", 2)
    await Promise.all([store.webhook(event), store.webhook(event), store.webhook(event)])
    expect(store.events).toHaveLength(1)
  })

  it("are none where nothing but the order was charged", async () => {
    const { store, charge } = await subscription()
    await store.webhook(charge("100", 1))
    expect(store.events).toEqual([])
  })
})

describe("a message that nobody proved to have sent", () => {
  it("makes the gateway be asked while there is something to find out", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    const reference = referenceOf(session)
    store.gateway.pay(reference)
    expect(await store.webhook({ reference, word: "x", unproven: true })).toMatchObject({
      action: "captured",
    })
  })

  it("costs no question once the journal knows, and still completes what was not completed", async () => {
    const store = new MadeUpStore()
    const session = await store.createSession()
    const reference = referenceOf(session)
    store.gateway.pay(reference)
    const event = { reference, word: "x", unproven: true }
    await store.webhook(event)
    const asked = store.gateway.callsOf("queryOrder").length
    expect(await store.webhook(event)).toMatchObject({ action: "captured" })
    expect(store.gateway.callsOf("queryOrder")).toHaveLength(asked)
  })
})
