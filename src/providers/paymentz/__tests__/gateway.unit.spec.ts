import { record, said } from "../../../gateways/paymentz/__tests__/paymentz-server"
import type { GatewayCallRecord } from "../../../gateways/shared/request"
import { gatewayUnderTest, knownOrder, startedServer } from "./gateway-under-test"

const server = startedServer()

describe("what Paymentz can do", () => {
  it("is to take money at once and refund once, without asking for a payer", () => {
    const { capabilities, capture, reverse, title } = gatewayUnderTest()
    expect(capabilities).toEqual({
      captures: "at_once",
      refunds: "once",
      refundsSettleWithinDays: 10,
      reverses: false,
      webhooks: "signed",
      receivesInParts: false,
      payable: "without_end",
      payer: {},
    })
    expect([capture, reverse]).toEqual([undefined, undefined])
    expect(title).toBe("Paymentz")
  })

  it("is to capture once and to reverse, where the merchant captures", () => {
    const { capabilities, capture, reverse } = gatewayUnderTest({ capture: "manual" })
    expect(capabilities).toMatchObject({
      captures: "once",
      reverses: true,
      remindsOfReservationsAfterDays: 5,
    })
    expect([capture, reverse]).not.toContain(undefined)
  })

  it("is to be told who pays, where methods without a card are used", () => {
    const { payer } = gatewayUnderTest({ integration: "rest" }).capabilities
    expect(Object.keys(payer)).toEqual(["name", "email", "phone", "country"])
    expect(Object.values(payer).some(({ required }) => required)).toBe(false)
  })
})

describe("saved cards", () => {
  const gateway = () => gatewayUnderTest({ baseUrl: server.url })
  const card = {
    registrationId: "REG77",
    cardType: "VISA",
    last4Digits: "1111",
    expiryMonth: "12",
    expiryYear: "2032",
  }
  const list = (...cards: object[]) => said("00026", { customerId: "cus_1", cards })

  it("show what tells them apart and nothing that could be paid with", async () => {
    server.answers = [list(card, { registrationId: "REG78" })]
    expect(await gateway().savedMethods?.list("cus_1")).toEqual([
      { id: "REG77", data: { brand: "VISA", last_four_digits: "1111", expires: "2032-12" } },
      { id: "REG78", data: {} },
    ])
  })

  it("are removed, also where the answer was lost but the card is gone", async () => {
    server.answers = [said("00001")]
    await expect(gateway().savedMethods?.remove("cus_1", "REG77")).resolves.toBeUndefined()
    server.answers = [{ status: 500, body: "" }, list()]
    await expect(gateway().savedMethods?.remove("cus_1", "REG77")).resolves.toBeUndefined()
  })

  it("are not said to be removed while they are listed", async () => {
    server.answers = [said("10001"), list(card)]
    await expect(gateway().savedMethods?.remove("cus_1", "REG77")).rejects.toMatchObject({
      outcome: "declined",
    })
  })
})

it("every call is told to the log, and no secret with it", async () => {
  const records: GatewayCallRecord[] = []
  server.answers = [record()]
  await gatewayUnderTest({ baseUrl: server.url }, (call) => records.push(call)).queryOrder(
    knownOrder()
  )
  expect(records.map(({ operation, path }) => [operation, path])).toEqual([
    ["authToken", "/transactionServices/REST/v1/authToken"],
    ["inquire", "/transactionServices/REST/v1/payments/{id}"],
  ])
  expect(JSON.stringify(records)).not.toMatch(/test_key|token-1/)
})
