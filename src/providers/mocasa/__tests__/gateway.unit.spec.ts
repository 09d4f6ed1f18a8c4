import { MocasaServer, refused, success } from "../../../gateways/mocasa/__tests__/mocasa-server"
import type { GatewayCallRecord } from "../../../gateways/shared/request"
import type { KnownOrder, MoneyMove, PaymentGateway } from "../../base/gateway"
import { parseOptions } from "../../base/options"
import { buildMocasaGateway, mocasa } from "../gateway"

const reference = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
const paymentLink = "https://pay.mocasa.example/p/1"
const order: KnownOrder = { reference, amount: "100.00", currency: "php", kept: {}, hints: [] }
const move: MoneyMove = { reference: "01JQ7ZK3V5W8X9Y0A1B2C3D4E5R1", amount: "100.00", order }
const toOpen = { reference, amount: "100.00", currency: "php", payer: {} }

let server: MocasaServer
let records: GatewayCallRecord[]

beforeEach(async () => {
  server = new MocasaServer()
  await server.start()
  records = []
})

afterEach(async () => {
  await server.stop()
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
      word: null,
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
      word: "settled",
    })
  })

  it("is paid with the amount that was ordered, because Mocasa names none", async () => {
    expect(await asked({ txStatus: "success" })).toMatchObject({
      state: "paid",
      word: "success",
      money: "as_ordered",
    })
  })
})

describe("a refund at Mocasa", () => {
  const sent = async (data: object) => {
    server.answers = [success({ orderNo: reference, ...data })]
    return await gateway().refund?.send(move)
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
      await expect(gateway().refund?.send(move)).rejects.toMatchObject({ outcome: "unknown" })
    }
  )

  it("is not known to be made where the server breaks down, whatever its page says", async () => {
    server.answers = [{ ...refused("E1", "Order already refunded"), status: 500 }]
    await expect(gateway().refund?.send(move)).rejects.toMatchObject({ outcome: "unknown" })
  })

  it("is done where Mocasa refuses it because the order was refunded before", async () => {
    server.answers = [refused("E9", "Order already refunded")]
    expect(await gateway().refund?.send(move)).toEqual({
      outcome: "done",
      code: "E9",
      message: "Order already refunded",
    })
  })

  it("names our order and a reason, the admin's where there is one", async () => {
    await sent({ refundStatus: "success" })
    await gateway().refund?.send({ ...move, reason: "Damaged" })
    expect(server.calls.map(({ form }) => form)).toEqual([
      { orderNo: reference, reason: "Refunded by the shop" },
      { orderNo: reference, reason: "Damaged" },
    ])
  })
})

describe("what became of a refund whose answer was lost", () => {
  const asked = async (data: object) => {
    server.answers = [success({ orderNo: reference, ...data })]
    return await gateway().refund?.ask(move)
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
    const { capabilities, places, title, capture, reverse } = gateway()
    expect(capabilities).toMatchObject({
      captures: "at_once",
      refunds: "full",
      reverses: false,
      webhooks: "signed",
    })
    expect(places).toEqual({ php: 2 })
    expect(title).toBe("Mocasa Pay")
    expect([capture, reverse]).toEqual([undefined, undefined])
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
