import { createHash } from "node:crypto"
import { record, withCode } from "../../../gateways/paymentz/__tests__/fake-paymentz"
import type { GatewayCallRecord } from "../../../gateways/shared/request"
import { gatewayUnderTest, knownOrder, startedServer } from "./gateway-under-test"

describe("gateway", () => {
  const server = startedServer()

  describe("what Paymentz can do", () => {
    it("is to take money at once and refund once, without asking for a payer", () => {
      const { capabilities, capture, void: voids, title } = gatewayUnderTest()
      expect(capabilities).toEqual({
        capture: "automatic",
        refund: "single_partial",
        refundsSettleWithinDays: 10,
        voids: false,
        links: true,
        webhooks: "signed",
        receivesInParts: false,
        payable: "without_end",
        payer: {},
      })
      expect([capture, voids]).toEqual([undefined, undefined])
      expect(title).toBe("Paymentz")
    })

    it("is to capture once and to reverse, where the merchant captures", () => {
      const { capabilities, capture, void: voids } = gatewayUnderTest({ capture: "manual" })
      expect(capabilities).toMatchObject({
        capture: "single_partial",
        voids: true,
        links: true,
        remindsOfReservationsAfterDays: 5,
      })
      expect([capture, voids]).not.toContain(undefined)
    })

    it("is to be told who pays, where methods without a card are used", () => {
      const { payer } = gatewayUnderTest({ integration: "rest" }).capabilities
      expect(Object.keys(payer)).toEqual(["name", "email", "phone", "country"])
      expect(Object.values(payer).some(({ required }) => required)).toBe(false)
    })
  })

  it("asks what became of the charge of a saved card every two seconds, three times", () => {
    expect(gatewayUnderTest().charge).toMatchObject({ pollEveryMs: 2_000, patienceMs: 6_000 })
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
    const list = (...cards: object[]) => withCode("00026", { customerId: "cus_1", cards })

    it("show what tells them apart and nothing that could be paid with", async () => {
      server.answers = [list(card, { registrationId: "REG78" })]
      expect(await gateway().savedMethods?.list("cus_1")).toEqual([
        { id: "REG77", data: { brand: "VISA", last_four_digits: "1111", expires: "2032-12" } },
        { id: "REG78", data: {} },
      ])
    })

    it("are removed, also where the answer was lost but the card is gone", async () => {
      server.answers = [withCode("00001")]
      await expect(gateway().savedMethods?.remove("cus_1", "REG77")).resolves.toBeUndefined()
      server.answers = [{ status: 500, body: "" }, list()]
      await expect(gateway().savedMethods?.remove("cus_1", "REG77")).resolves.toBeUndefined()
    })

    it("are not said to be removed while they are listed", async () => {
      server.answers = [withCode("10001"), list(card)]
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
})

describe("chargebacks", () => {
  const server = startedServer()

  const january = { from: "2030-01-01", to: "2030-01-30" }
  const line = { systemPaymentId: "54289", merchantTransactionId: "ORD1001" }

  const list = async (page = 1) =>
    await gatewayUnderTest({ baseUrl: server.url }).chargebacks?.list(january, page)

  const answer = (...transaction: object[]) => {
    server.answers = [withCode("00026", { transaction })]
  }

  describe("the list of payments that can be charged back", () => {
    it("is asked for by its days and its page, for four months", async () => {
      answer()
      expect(await list(3)).toEqual({ payments: [], isLast: true })
      expect(server.calls).toMatchObject([
        {
          path: "/getTransactionList",
          form: {
            "pagination.fromdate": "01/01/2030",
            "pagination.todate": "30/01/2030",
            "pagination.pageno": "3",
            "pagination.records": "100",
          },
        },
      ])
      expect(gatewayUnderTest().chargebacks?.days).toBe(120)
    })

    it("goes on after a full page", async () => {
      answer(...Array.from({ length: 100 }, () => line))
      expect(await list()).toMatchObject({ isLast: false })
    })

    it.each([
      ["names no amount", {}, false],
      ["names nothing", { chargebackamount: "0.00" }, false],
      ["has an empty amount", { chargebackamount: "" }, false],
      ["names an amount", { chargebackamount: "50.00" }, true],
      ["names a part", { chargebackamount: 0.01 }, true],
      ["can't be read", { chargebackamount: "USD 50" }, true],
      ["says it by its word", { chargebackamount: "0.00", transactionStatus: "chargeback" }, true],
      ["says another word", { transactionStatus: "settled" }, false],
    ])(
      "holds a payment to be charged back where its line %s: %j",
      async (_, withCode, expected) => {
        answer({ ...line, ...withCode })
        expect((await list())?.payments).toEqual([
          { reference: "ORD1001", gatewayId: "54289", isChargedBack: expected },
        ])
      }
    )

    it.each([
      ["whose number is missing", { merchantTransactionId: "ORD1001" }],
      ["whose reference is missing", { systemPaymentId: "54289" }],
    ])("leaves out a line %s", async (_, incomplete) => {
      answer({ ...incomplete, chargebackamount: "50.00" })
      expect((await list())?.payments).toEqual([])
    })

    it("is no list where the gateway gives none", async () => {
      server.answers = [withCode("00099")]
      await expect(list()).rejects.toMatchObject({ operation: "listTransactions" })
    })
  })
})

describe("webhook", () => {
  const genuine = {
    paymentId: "77251",
    merchantTransactionId: "011E1D8A5C034",
    amount: "156.00",
    status: "authfailed",
    transactionStatus: "N",
    checksum: "57cc868cb3a316a55c10825f77e161aa",
  }
  const event = {
    type: "event",
    reference: "011E1D8A5C034",
    rawStatus: "authfailed",
    gatewayId: "77251",
    eventKey: "77251|N|authfailed|156.00",
    claimedAmount: "156.00",
  }

  const parse = (body: unknown, options: Record<string, unknown> = {}) => {
    const rawBody = Buffer.from(typeof body === "string" ? body : JSON.stringify(body))
    return gatewayUnderTest(options).parseWebhook({ rawBody, headers: {} })
  }

  const keyOf = (reading: ReturnType<typeof parse>) =>
    reading.type === "event" ? reading.eventKey : undefined

  describe("a callback that is no proof", () => {
    it.each(["", "null", "[]", "<html></html>", "{}", '{"paymentId":"77251"}'])(
      "is not readable: %j",
      (body) => {
        expect(parse(body)).toMatchObject({ type: "unreadable" })
      }
    )

    it("is forged with a changed amount, or without a checksum", () => {
      expect(parse({ ...genuine, amount: "1.00" })).toEqual({ type: "forged" })
      expect(parse({ ...genuine, checksum: undefined })).toEqual({ type: "forged" })
    })

    it("claims no event's key where anybody could have signed it", () => {
      const change = { status: "cancelled", transactionStatus: "C" }
      const checksum = "bf74da1df9346aa2514bc1615abd90fa"
      const reading = parse({ ...genuine, ...change, checksum })
      expect(reading).toMatchObject({
        type: "event",
        reference: "011E1D8A5C034",
        rawStatus: "cancelled",
      })
      expect(reading).not.toHaveProperty("eventKey")
    })

    it("claims no event's key without a payment's number", () => {
      const checksum = "08aa3a3f190fcb7d965461a0b619d80d"
      const reading = parse({ ...genuine, paymentId: null, checksum })
      expect(reading).toMatchObject({ type: "event", reference: "011E1D8A5C034" })
      expect(reading).not.toHaveProperty("eventKey")
      expect(reading).not.toHaveProperty("gatewayId")
    })

    it("is foreign where it tells of a payout that is none of this shop's", () => {
      expect(parse({ ...genuine, status: "payoutfailed" })).toMatchObject({ type: "foreign" })
    })
  })

  describe("a callback of the gateway's", () => {
    it("names the order, the payment and what was claimed, as JSON or as a form", () => {
      expect(parse(genuine)).toEqual(event)
      expect(parse(new URLSearchParams(genuine).toString())).toEqual(event)
    })

    it("has another key once the payment was charged back, though the short word is the same", () => {
      expect(parse({ ...genuine, status: "chargeback" })).toMatchObject({
        rawStatus: "chargeback",
        eventKey: "77251|N|chargeback|156.00",
      })
    })

    it("makes no more events of one signature than the vendor lists words, whatever stands in the long one", () => {
      const words = [
        "x".repeat(60_000),
        "authfailed ",
        "AuthFailed",
        "settled",
        "constructor",
        "a|b",
        7,
      ]
      const keys = words.map((status) => keyOf(parse({ ...genuine, status })))
      expect([...new Set(keys)].sort()).toEqual([
        "77251|N|N|156.00",
        "77251|N|authfailed|156.00",
        "77251|N|settled|156.00",
      ])
    })

    it("has another key for another amount, such as that of a capture in part", () => {
      const partly = { ...genuine, amount: "60.00", checksum: "e901d84d6a117a9970f062cc13accda0" }
      expect(parse(partly)).toMatchObject({ eventKey: "77251|N|authfailed|60.00" })
    })

    it("is known by the key before, while the key is being changed", () => {
      const options = { secureKey: "new_key", previousSecureKey: "test_key" }
      expect(parse(genuine, options)).toEqual(event)
      expect(parse(genuine, { secureKey: "new_key" })).toEqual({ type: "forged" })
    })
  })

  describe("a callback about a payout", () => {
    const reference = "P01JQ7ZK3V5W8X9Y0A1B2C3D4E5"
    const checksum = createHash("md5").update(`90001|${reference}|156.00|Y|test_key`).digest("hex")
    const payout = {
      ...genuine,
      paymentId: "90001",
      merchantTransactionId: reference,
      transactionStatus: "Y",
      checksum,
    }

    it.each(["payoutsuccessful", "reversed"])(
      "is an event that names the payout, at the address of payments too: %s",
      (status) => {
        expect(parse({ ...payout, status })).toEqual({
          type: "event",
          reference,
          rawStatus: status,
          gatewayId: "90001",
          eventKey: `90001|Y|${status}|156.00`,
          claimedAmount: "156.00",
        })
      }
    )

    it("is forged with another amount", () => {
      expect(parse({ ...payout, amount: "1.00" })).toEqual({ type: "forged" })
    })
  })

  describe("the shopper's return", () => {
    const parseReturn = (fields: Record<string, string>) => gatewayUnderTest().parseReturn?.(fields)

    it("names the order and the payment, whatever its checksum is", () => {
      expect(parseReturn({ ...genuine, checksum: "x" })).toEqual({
        reference: "011E1D8A5C034",
        gatewayId: "77251",
      })
    })

    it("has other names on older pages", () => {
      expect(parseReturn({ trackingid: "77251", desc: "011E1D8A5C034", status: "Y" })).toEqual({
        reference: "011E1D8A5C034",
        gatewayId: "77251",
      })
    })

    it("names nothing where it is empty, and no number that could not be one", () => {
      expect(parseReturn({})).toEqual({})
      expect(parseReturn({ paymentId: "../x", merchantTransactionId: "A" })).toEqual({
        reference: "A",
      })
    })
  })
})
