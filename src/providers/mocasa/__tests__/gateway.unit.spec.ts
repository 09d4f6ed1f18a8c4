import { createHash } from "node:crypto"
import { MocasaServer, refused, success } from "../../../gateways/mocasa/__tests__/fake-mocasa"
import { started } from "../../../gateways/shared/__tests__/fake-gateway"
import type { GatewayCallRecord } from "../../../gateways/shared/request"
import type { KnownOrder, Operation, PaymentGateway } from "../../base/gateway"
import { parseOptions } from "../../base/options"
import { buildMocasaGateway, mocasa } from "../gateway"

describe("gateway", () => {
  const reference = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
  const paymentLink = "https://pay.mocasa.example/p/1"
  const order: KnownOrder = {
    reference,
    amount: "100.00",
    currency: "php",
    gatewayData: {},
    candidateIds: [],
  }
  const operation: Operation = {
    reference: "01JQ7ZK3V5W8X9Y0A1B2C3D4E5R1",
    amount: "100.00",
    order,
  }
  const toOpen = { reference, amount: "100.00", currency: "php", payer: {} }

  let server: MocasaServer
  let records: GatewayCallRecord[]

  beforeEach(async () => {
    server = await started(new MocasaServer())
    records = []
  })

  function gateway(change: Record<string, unknown> = {}): PaymentGateway {
    const options = parseOptions(mocasa, {
      baseUrl: server.url,
      clientKey: "mp_key",
      clientSecret: "a-client-secret",
      returnUrl: "https://shop.example/return",
      ...change,
    })
    const onCall = (record: GatewayCallRecord) => void records.push(record)
    return buildMocasaGateway(options, { now: () => new Date("2030-01-01T00:00:00Z"), onCall })
  }

  describe("an order at Mocasa", () => {
    const opened = async (change: object = {}, options: Record<string, unknown> = {}) => {
      server.answers = [success({ orderNo: reference, paymentLink })]
      const answer = await gateway(options).createOrder({ ...toOpen, ...change })
      return { answer, form: server.calls[0]?.form }
    }

    it("is not opened where Mocasa says no", async () => {
      server.answers = [refused("E1", "Merchant is suspended")]
      await expect(gateway().createOrder(toOpen)).rejects.toMatchObject({ outcome: "declined" })
    })

    it("of a guest goes by our reference, the shop's page and a name that says which payment it is", async () => {
      const { form } = await opened()
      expect(form).toEqual({
        orderNo: reference,
        amount: "100.00",
        customerId: reference,
        productName: `Order ${reference}`,
        returnUrl: "https://shop.example/return",
      })
    })

    it("carries the customer, the storefront's page and the shop's own name for it", async () => {
      const change = { customerId: "cus_1", returnUrl: "https://m.shop.example/done" }
      const { form } = await opened(change, { productName: "Bahay Kubo" })
      expect(form).toMatchObject({
        customerId: "cus_1",
        returnUrl: "https://m.shop.example/done",
        productName: "Bahay Kubo",
      })
    })

    it("tells Mocasa nothing of the payer, which it does not ask for", async () => {
      const payer = { name: "Juan", phone: "0917", id_number: "1234" }
      const { form } = await opened({ payer })
      expect(Object.values(form ?? {}).join()).not.toMatch(/Juan|0917|1234/)
      expect(gateway().capabilities.payer).toEqual({})
    })

    it("sends the shopper to Mocasa's link", async () => {
      const { answer } = await opened()
      expect(answer).toEqual({ nextAction: { type: "redirect", url: paymentLink } })
    })
  })

  describe("asking Mocasa about an order", () => {
    const asked = async (data: object) => {
      server.answers = [success({ orderNo: reference, ...data })]
      return await gateway().queryOrder(order)
    }

    it("is pending, with the link, before the shopper paid", async () => {
      expect(await asked({ paymentLink })).toEqual({
        state: "pending",
        rawStatus: null,
        message: undefined,
        nextAction: { type: "redirect", url: paymentLink },
        money: "as_ordered",
      })
    })

    it("has no next action where Mocasa tells no link", async () => {
      expect(await asked({ txStatus: "failed" })).not.toHaveProperty("nextAction")
    })

    it("keeps a word that is not documented, and takes it for pending", async () => {
      expect(await asked({ txStatus: "settled" })).toMatchObject({
        state: "pending",
        rawStatus: "settled",
      })
    })

    it("is paid with the amount that was ordered, because Mocasa names none", async () => {
      expect(await asked({ txStatus: "success" })).toMatchObject({
        state: "paid",
        rawStatus: "success",
        money: "as_ordered",
      })
    })
  })

  describe("a refund at Mocasa", () => {
    const sent = async (data: object) => {
      server.answers = [success({ orderNo: reference, ...data })]
      return await gateway().refund?.send(operation)
    }

    it.each([
      ["processing", "unknown"],
      ["something new", "unknown"],
      ["failed", "declined"],
      ["success", "done"],
    ])("whose status is %s is %s", async (refundStatus, outcome) => {
      expect(await sent({ refundStatus, refundRef: "R1" })).toEqual({
        outcome,
        gatewayId: "R1",
        code: refundStatus,
      })
    })

    it.each(["Order can not be refunded", "Order has not already been refunded", "Busy"])(
      "is not known to be made where it is refused with %j",
      async (message) => {
        server.answers = [refused("E1", message)]
        await expect(gateway().refund?.send(operation)).rejects.toMatchObject({
          outcome: "unknown",
        })
      }
    )

    it("is not known to be made where the server breaks down, whatever its page says", async () => {
      server.answers = [{ ...refused("E1", "Order already refunded"), status: 500 }]
      await expect(gateway().refund?.send(operation)).rejects.toMatchObject({ outcome: "unknown" })
    })

    it("is done where Mocasa refuses it because the order was refunded before", async () => {
      server.answers = [refused("E9", "Order already refunded")]
      expect(await gateway().refund?.send(operation)).toEqual({
        outcome: "done",
        code: "E9",
        message: "Order already refunded",
      })
    })

    it("names our order and a reason, the admin's where there is one", async () => {
      await sent({ refundStatus: "success" })
      await gateway().refund?.send({ ...operation, reason: "Damaged" })
      expect(server.calls.map(({ form }) => form)).toEqual([
        { orderNo: reference, reason: "Refunded by the shop" },
        { orderNo: reference, reason: "Damaged" },
      ])
    })
  })

  describe("what became of a refund whose answer was lost", () => {
    const asked = async (data: object) => {
      server.answers = [success({ orderNo: reference, ...data })]
      return await gateway().refund?.ask(operation)
    }

    it.each(["failed", "refunded", "pending", null])(
      "is not known where the order's status is %s",
      async (txStatus) => {
        expect(await asked({ txStatus })).toMatchObject({ outcome: "unknown" })
      }
    )

    it("may be sent again while Mocasa still knows the order as paid", async () => {
      expect(await asked({ txStatus: "success" })).toEqual({ outcome: "may_repeat" })
    })

    it("is asked without sending anything that moves money", async () => {
      await asked({ txStatus: "success" })
      expect(server.calls.map(({ path }) => path)).toEqual(["/payment/order/query"])
    })
  })

  describe("what Mocasa can do", () => {
    it("is to be paid at once and to refund in full, in pesos with two places", () => {
      const { capabilities, decimals, title, capture, void: voids } = gateway()
      expect(capabilities).toMatchObject({
        capture: "automatic",
        refund: "full",
        voids: false,
        links: true,
        webhooks: "signed",
      })
      expect(decimals).toEqual({ php: 2 })
      expect(title).toBe("Mocasa Pay")
      expect([capture, voids]).toEqual([undefined, undefined])
    })
  })

  it("every call is told to the log, and no secret with it", async () => {
    server.answers = [success({ orderNo: reference })]
    await gateway().queryOrder(order)
    expect(records.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ["applyToken", "answered"],
      ["queryOrder", "answered"],
    ])
    expect(JSON.stringify(records)).not.toMatch(/a-client-secret|mp_key|token-1/)
  })

  it("a gateway that is too slow is given up within the shop's time-out", async () => {
    server.answers = [success({ orderNo: reference })]
    const slow = gateway({ timeoutMs: 500 })
    server.delayMs = 5_000
    await expect(slow.createOrder(toOpen)).rejects.toMatchObject({ outcome: "not_sent" })
  })
})

describe("webhook", () => {
  const vector = "RcZfyRK1Z/gpLQNcrv1Hm+f/HCR50umz475kaT2FvQI="
  const payoutReference = "P01JQ7ZK3V5W8X9Y0A1B2C3D4E5"
  const body = { orderNo: "ORD1001", txStatus: "success", amount: 100.5 }

  /** A gateway that is never called: a webhook is read without asking anybody. */
  function gateway(change: Record<string, unknown> = {}) {
    const options = parseOptions(mocasa, {
      baseUrl: "http://127.0.0.1:1",
      clientKey: "mp_key",
      clientSecret: "test_secret",
      returnUrl: "https://shop.example/return",
      ...change,
    })
    return buildMocasaGateway(options, { now: () => new Date(0), onCall: () => undefined })
  }

  function parse(
    raw: unknown = body,
    headers: Record<string, unknown> = { signature: vector },
    options?: Record<string, unknown>
  ) {
    const text = typeof raw === "string" ? raw : JSON.stringify(raw)
    return gateway(options).parseWebhook({ rawBody: Buffer.from(text), headers })
  }

  const signatureOf = (text: string) => createHash("sha256").update(text).digest("base64")

  describe("a webhook that is not Mocasa's", () => {
    it.each([
      ["no header", {}],
      ["an empty one", { signature: "" }],
      ["a list of signatures", { signature: [vector, vector] }],
      ["a list of one", { signature: [vector] }],
      ["a number", { signature: 1 }],
      ["null", { signature: null }],
      ["another text", { signature: "success" }],
      ["the signature in another header", { "x-signature": vector, authorization: vector }],
    ])("is forged with %s", (_what, headers) => {
      expect(parse(body, headers)).toEqual({ type: "forged" })
    })

    it.each([
      ["another order", { ...body, orderNo: "ORD1002" }],
      ["another status", { ...body, txStatus: "failed" }],
      [
        "a payout's number in the place of the order's",
        { ...body, orderNo: undefined, transferSerialNo: "P1" },
      ],
    ])("is forged when it is a true one with %s", (_what, changed) => {
      expect(parse(changed)).toEqual({ type: "forged" })
    })

    it("is forged when it is signed with an empty secret", () => {
      expect(parse(body, { signature: signatureOf("ORD1001|success|") })).toEqual({
        type: "forged",
      })
    })

    it("is forged when it is signed with what stands in every log for a secret", () => {
      expect(parse(body, { signature: signatureOf("ORD1001|success|***") })).toEqual({
        type: "forged",
      })
    })

    it("is forged when it is signed with the client secret where webhooks have their own", () => {
      const options = { webhookSecret: "webhook_secret" }
      expect(parse(body, { signature: vector }, options)).toEqual({ type: "forged" })
    })

    it.each([
      ["nothing", ""],
      ["half of it", '{"orderNo":"ORD1001","txSta'],
      ["a list", [body]],
      ["null", "null"],
      ["no status", { orderNo: "ORD1001" }],
      ["neither an order nor a payout", { txStatus: "success" }],
      ["an order that is an object", { ...body, orderNo: { toString: "ORD1001" } }],
      ["a form with another name", "order_no=ORD1001&txStatus=success"],
    ])("is unreadable with %s, and says what is missing", (_what, raw) => {
      expect(parse(raw)).toEqual({
        type: "unreadable",
        reason: expect.stringContaining("orderNo"),
      })
    })
  })

  describe("a webhook of Mocasa's", () => {
    const event = {
      type: "event",
      reference: "ORD1001",
      rawStatus: "success",
      eventKey: "ORD1001|success",
      claimedAmount: "100.5",
    }

    it("is an event when it comes as JSON", () => {
      expect(parse()).toEqual(event)
    })

    it("is an event when it comes as a form", () => {
      expect(parse("orderNo=ORD1001&amount=100.50&txStatus=success&paymentMode=BNPL")).toEqual({
        ...event,
        claimedAmount: "100.50",
      })
    })

    it("is an event when the digest is written as base64 of its hexadecimal text, where the shop says so", () => {
      const ofHex = Buffer.from(Buffer.from(vector, "base64").toString("hex")).toString("base64")
      const options = { signatureEncoding: "base64-of-hex" }
      expect(parse(body, { signature: ofHex }, options)).toEqual(event)
      expect(parse(body, { signature: vector }, options)).toEqual({ type: "forged" })
      expect(parse(body, { signature: ofHex })).toEqual({ type: "forged" })
    })

    it("is an event with the old and the new secret while one is being changed", () => {
      const options = { webhookSecret: "new", previousWebhookSecret: "test_secret" }
      expect(parse(body, { signature: vector }, options)).toEqual(event)
      const signature = signatureOf("ORD1001|success|new")
      expect(parse(body, { signature }, options)).toEqual(event)
      const older = signatureOf("ORD1001|success|older")
      expect(parse(body, { signature: older }, options)).toEqual({ type: "forged" })
    })

    it("has the client secret in use beside the previous one where webhooks have none of their own", () => {
      const options = { clientSecret: "new", previousWebhookSecret: "test_secret" }
      expect(parse(body, { signature: vector }, options)).toEqual(event)
      const signature = signatureOf("ORD1001|success|new")
      expect(parse(body, { signature }, options)).toEqual(event)
    })

    it("tells of a word that Mocasa does not document as it came", () => {
      const signature = signatureOf("ORD1001|reversed|test_secret")
      expect(parse({ ...body, txStatus: "reversed" }, { signature })).toMatchObject({
        type: "event",
        rawStatus: "reversed",
        eventKey: "ORD1001|reversed",
      })
    })

    it("is the same event when it comes twice, whatever amount it then claims", () => {
      expect(parse({ ...body, amount: 1 })).toMatchObject({ eventKey: event.eventKey })
    })

    it.each([
      [0, "0"],
      [-1, "-1"],
      [1e21, "1e+21"],
      ["1,000.00", "1,000.00"],
      ["NaN", "NaN"],
      ["", ""],
      ["9".repeat(400), "9".repeat(400)],
    ])(
      "claims the amount %j as it came: it is not signed, and only compared",
      (amount, claimed) => {
        expect(parse({ ...body, amount })).toMatchObject({ type: "event", claimedAmount: claimed })
      }
    )

    it.each([undefined, null])("claims no amount where it names none: %s", (amount) => {
      const reading = parse({ ...body, amount })
      expect(reading).toMatchObject({ type: "event", reference: "ORD1001" })
      expect(reading).not.toMatchObject({ claimedAmount: expect.anything() })
    })

    it("is an event of a payout of ours too, which has the same address", () => {
      const payout = { transferSerialNo: payoutReference, txStatus: "success", amount: 1 }
      const signature = signatureOf(`${payoutReference}|success|test_secret`)
      expect(parse(payout, { signature })).toEqual({
        type: "event",
        reference: payoutReference,
        rawStatus: "success",
        eventKey: `${payoutReference}|success`,
        claimedAmount: "1",
      })
      expect(parse({ ...payout, txStatus: "failed" }, { signature })).toEqual({ type: "forged" })
    })

    it.each(["P1", "ORD1001", "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"])(
      "is foreign where it tells of a payout that is none of this shop's: %s",
      (transferSerialNo) => {
        const payout = { transferSerialNo, txStatus: "success", amount: 1 }
        const signature = signatureOf(`${transferSerialNo}|success|test_secret`)
        expect(parse(payout, { signature })).toEqual({
          type: "foreign",
          reason: expect.stringContaining("payout"),
        })
      }
    )
  })
})
