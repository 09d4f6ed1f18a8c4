import { refused, success } from "../../../gateways/kess/__tests__/kess-server"
import { KessUnderTest, order, reference } from "./gateway-under-test"

let test: KessUnderTest

beforeEach(async () => {
  test = new KessUnderTest()
  await test.server.start()
})

afterEach(async () => {
  await test.server.stop()
})

const paid = {
  is_success: true,
  service_id: 30,
  out_trade_no: reference,
  amount: 100,
  currency: "USD",
  message: "Payment Successful!",
}

const asked = async (change: object = {}, options: Record<string, unknown> = {}) => {
  test.server.answers = [success({ ...paid, ...change })]
  return await test.gateway(options).queryOrder(order)
}

const money = (amount: string, currency = "usd") => [{ gatewayId: reference, amount, currency }]

describe("asking KESS about an order", () => {
  it.each([
    "Payment Successful!",
    "Payment failed",
    "Order closed",
    "Refund Successful!",
    "Not found",
    undefined,
  ])("is pending where it is not paid, whatever the message: %s", async (message) => {
    expect(await asked({ is_success: false, message })).toEqual({
      state: "pending",
      word: "false",
      message,
      money: [],
    })
  })

  it.each([
    ["less", { amount: 99.99 }, "99.99"],
    ["more", { amount: 100.01 }, "100.01"],
    ["a fee that the shop does not ask for", { amount: 102 }, "102"],
    ["nothing", { amount: 0 }, "0"],
    ["more places than there are", { amount: 100.001 }, "100.001"],
  ])("reports %s as it is", async (_what, change, amount) => {
    const report = await asked(change)
    expect(report).toMatchObject({ state: "paid", money: money(amount) })
    expect(report).not.toHaveProperty("surplus")
  })

  it.each([100, 102])(
    "reports %i in another currency as it is, whatever fee the shop asks for",
    async (amount) => {
      const report = await asked({ amount, currency: "KHR" }, { feeRate: 2 })
      expect(report).toMatchObject({ money: money(String(amount), "khr") })
      expect(report).not.toHaveProperty("surplus")
    }
  )

  it.each([101.99, 102.01, 104])(
    "reports an amount that is not quite that with the fee as it is: %d",
    async (amount) => {
      const report = await asked({ amount }, { feeRate: 2 })
      expect(report).toMatchObject({ money: money(String(amount)) })
      expect(report).not.toHaveProperty("surplus")
    }
  )

  it("is paid with what was ordered", async () => {
    expect(await asked()).toEqual({
      state: "paid",
      word: "true",
      message: "Payment Successful!",
      money: money("100"),
    })
  })

  it("is paid with what was ordered, and the fee is told apart", async () => {
    expect(await asked({ amount: 102 }, { feeRate: "2" })).toMatchObject({
      state: "paid",
      money: money("100"),
      surplus: "2",
    })
  })

  it("stays paid where a refund is named, which tells neither how much nor whose", async () => {
    expect(await asked({ out_refund_no: "REFUND-433" })).toMatchObject({
      state: "paid",
      money: money("100"),
    })
  })

  it("finds no such payment where KESS refuses the question", async () => {
    test.server.answers = [refused("Not found")]
    await expect(test.gateway().queryOrder(order)).rejects.toMatchObject({ outcome: "declined" })
  })
})

describe("what KESS can do", () => {
  it("is to be paid at once and to refund in parts, without webhooks", () => {
    const { capabilities, title, capture, reverse } = test.gateway()
    expect(capabilities).toEqual({
      captures: "at_once",
      refunds: "partial",
      reverses: false,
      webhooks: "none",
      receivesInParts: false,
      payable: { hours: 2 },
      refundsSettleWithinDays: 14,
      payer: {},
    })
    expect(title).toBe("KESS Pay")
    expect([capture, reverse]).toEqual([undefined, undefined])
  })

  it.each([
    ["usd", { usd: 2 }],
    ["khr", { khr: 0 }],
  ])("is to be paid in the one currency of the store: %s", (currency, places) => {
    expect(test.gateway({ currency }).places).toEqual(places)
  })
})

it.each([
  ["nothing", ""],
  ["a payment", JSON.stringify({ success: true, data: paid })],
])("a message that comes to the webhook's address is never read: %s", (_what, text) => {
  const rawBody = Buffer.from(text)
  const reading = test.gateway().parseWebhook({ rawBody, headers: {} })
  expect(reading).toEqual({ type: "unreadable", reason: "KESS documents no webhooks" })
})

it("every call is told to the log, and no secret with it", async () => {
  await asked()
  expect(test.records.map(({ operation, outcome }) => [operation, outcome])).toEqual([
    ["token", "answered"],
    ["checkPaymentStatus", "answered"],
  ])
  expect(JSON.stringify(test.records)).not.toMatch(/a-password|token-1|shop/)
})

it("a breakdown is told in KESS's own words", async () => {
  test.server.answers = [refused("Maintenance until 9", 503)]
  await expect(test.gateway().queryOrder(order)).rejects.toMatchObject({
    outcome: "unknown",
    gatewayMessage: "Maintenance until 9",
  })
})
