import { createHash } from "node:crypto"
import { context, propagation, trace } from "@medusajs/framework/opentelemetry/api"
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@medusajs/framework/opentelemetry/sdk-trace-node"
import { logOf } from "../support/log-of"
import { mocasaProvider, type MocasaStore } from "../support/mocasa-store"
import { rowsOf } from "../support/rows"
import { suite } from "../support/shop"

const hook = "/hooks/payment/mocasa_mocasa"

export const webhook = suite<MocasaStore>("a webhook of Mocasa Pay", (shop) => {
  const { journaled } = rowsOf(shop)

  beforeEach(() => {
    shop.sandbox.set({ webhooksOn: false })
  })

  it("does nothing when it is forged, even for an order that was paid", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    shop.sandbox.set({ webhooksOn: true, forgeWebhooks: true })
    shop.sandbox.resendWebhook(session.data.reference)
    await shop.afterWebhooks()
    expect(await shop.ordersOfCart(cartId)).toEqual([])
    expect(shop.sandbox.calls.count("/payment/order/query")).toBe(0)
  })

  it("does nothing when it is signed but the money has not come", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    await send({ orderNo: session.data.reference, txStatus: "success", amount: 112 })
    expect(shop.sandbox.calls.count("/payment/order/query")).toBe(1)
    expect(await shop.ordersOfCart(cartId)).toEqual([])
  })

  it("completes nobody's cart when its session does not exist", async () => {
    const bystander = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(bystander.session.data.reference)
    await send({ orderNo: "01ARZ3NDEKTSV4RRFFQ69G5FAV0", txStatus: "success", amount: 112 })
    await send({ orderNo: "ORD1001", txStatus: "success", amount: 112 })
    expect(await shop.ordersOfCart(bystander.cartId)).toEqual([])
  })

  it("completes the cart it was paid for and no other", async () => {
    const one = await shop.shopper().checkOut(mocasaProvider)
    const other = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(other.session.data.reference)
    await send({ orderNo: other.session.data.reference, txStatus: "success", amount: 112 })
    await shop.orderOfCart(other.cartId)
    expect(await shop.ordersOfCart(one.cartId)).toEqual([])
  })

  it("pays for its cart where the shopper chose another provider's method in between", async () => {
    const shopper = shop.shopper()
    const { cartId, collectionId, session } = await shopper.checkOut(mocasaProvider)
    await shopper.choosePayment(collectionId, "pp_system_default")
    shop.sandbox.pay(session.data.reference)
    await send({ orderNo: session.data.reference, txStatus: "success", amount: 112 })
    const order = await shop.orderOfCart(cartId)
    expect(order.payment_collections[0]!.captured_amount).toBe(112)
    expect(await shop.ordersOfCart(cartId)).toEqual([order.id])
    expect(await journaled(session.data.reference)).toMatchObject({ state: "paid" })
  })

  it("is evaluated by what was ordered, not by the amount in its body", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    await send({ orderNo: session.data.reference, txStatus: "success", amount: 0.01 })
    const order = await shop.orderOfCart(cartId)
    expect(order.payment_collections[0]!.captured_amount).toBe(112)
  })

  it("says failed after the money came, and the order stays paid", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    await send({ orderNo: session.data.reference, txStatus: "success", amount: 112 })
    const order = await shop.orderOfCart(cartId)
    await send({ orderNo: session.data.reference, txStatus: "failed", amount: 112 })
    expect((await shop.adminOrder(order.id)).payment_status).toBe("captured")
    expect(await journaled(session.data.reference)).toMatchObject({ state: "paid" })
  })

  it("is understood as a form as well", async () => {
    shop.sandbox.set({ webhooksOn: true, webhookEncoding: "form" })
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    const order = await shop.orderOfCart(cartId)
    expect(order.payment_status).toBe("captured")
    shop.sandbox.set({ webhookEncoding: "json" })
  })

  it("does no harm when it is truncated, empty, or of a kind that Mocasa does not send", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    const reference = session.data.reference
    const signature = sign(reference, "success")
    const logged = logOf(shop.container)
    const answers = [
      await raw(`{"orderNo":"${reference}","txSta`, "application/json", signature),
      await raw("", "application/json", signature),
      await raw("[]", "application/json", signature),
      await raw(`orderNo=${reference}`, "application/x-www-form-urlencoded", signature),
      await raw(`<orderNo>${reference}</orderNo>`, "application/xml", signature),
    ]
    expect(answers).toEqual([400, 400, 400, 400, 400])
    await shop.afterWebhooks()
    expect(logged().filter((line) => line.includes("a webhook"))).toHaveLength(answers.length)
    expect(logged().filter((line) => line.includes(reference))).toEqual([])
    jest.restoreAllMocks()
    expect(await shop.ordersOfCart(cartId)).toEqual([])
    expect(shop.sandbox.calls.count("/payment/order/query")).toBe(0)
  })

  it("is tried again by Medusa when Mocasa can't be asked at first", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    shop.sandbox.faults.add({ kind: "http-error", path: "/payment/order/query", times: 1 })
    await send({ orderNo: session.data.reference, txStatus: "success", amount: 112 })
    const order = await shop.orderOfCart(cartId)
    expect(order.payment_status).toBe("captured")
  })

  it("is one trace from its receipt to the calls that prove the payment", async () => {
    const spans = new InMemorySpanExporter()
    const tracing = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
    tracing.register()
    let finished: ReadableSpan[] = []
    try {
      const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
      shop.sandbox.pay(session.data.reference)
      spans.reset()
      await send({ orderNo: session.data.reference, txStatus: "success", amount: 112 })
      await shop.orderOfCart(cartId)
      finished = [...spans.getFinishedSpans()]
    } finally {
      await tracing.shutdown()
      trace.disable()
      context.disable()
      propagation.disable()
    }
    const named = (name: string) => finished.find((span) => span.name.endsWith(name))
    const received = named("gateway webhook received")
    const worked = named("gateway webhook worked on")
    const asked = named(" queryOrder")
    expect(received).toBeDefined()
    expect(worked?.parentSpanContext?.spanId).toBe(received?.spanContext().spanId)
    expect(asked?.spanContext().traceId).toBe(received?.spanContext().traceId)
  })

  async function send(body: { orderNo: string; txStatus: string; amount: number }): Promise<void> {
    await raw(JSON.stringify(body), "application/json", sign(body.orderNo, body.txStatus))
    await shop.afterWebhooks()
  }

  async function raw(body: string, contentType: string, signature: string): Promise<number> {
    const { status } = await shop.api.post(hook, body, {
      headers: { "content-type": contentType, signature },
      transformRequest: [],
      validateStatus: () => true,
    })
    return status
  }

  function sign(orderNo: string, txStatus: string): string {
    const { webhookSecret } = shop.sandbox.credentials
    return createHash("sha256").update(`${orderNo}|${txStatus}|${webhookSecret}`).digest("base64")
  }
})
