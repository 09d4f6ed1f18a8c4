import { createHash } from "node:crypto"
import { describeMocasaStore, eventually, mocasaProvider } from "./support/mocasa-store"

jest.setTimeout(300_000)

const hook = "/hooks/payment/mocasa_mocasa"

describeMocasaStore("the inbox of webhooks", (shop) => {
  it("answers a forged message by 401, writes nothing down, and logs nothing of it", async () => {
    const answer = await post({ orderNo: "O1", txStatus: "success" }, "forged")
    expect(answer.status).toBe(401)
    expect(await events()).toEqual([])
  })

  it.each([
    ["nothing", "", "application/json", 400],
    ["what is no notification", "[]", "application/json", 400],
    ["a page", "<html></html>", "text/html", 415],
    ["more than any notification", `{"a":"${"x".repeat(70_000)}"}`, "application/json", 413],
    ["more than Medusa reads", `{"a":"${"x".repeat(200_000)}"}`, "application/json", 413],
  ])("answers %s by its own status", async (_what, body, contentType, status) => {
    const answer = await shop.api.post(hook, body, {
      headers: { "content-type": contentType, signature: "x" },
      transformRequest: [],
      validateStatus: () => true,
    })
    expect(answer.status).toBe(status)
    expect(await events()).toEqual([])
  })

  it("leaves other providers' messages to Medusa", async () => {
    const answer = await shop.api.post("/hooks/payment/system_default", {}, anyStatus)
    expect(answer.status).toBe(200)
    expect(await events()).toEqual([])
  })

  it("writes a message down with nothing personal in it before it answers, and once", async () => {
    const { session } = await shop.shopper().checkOut(mocasaProvider)
    const { reference } = session.data
    const message = { orderNo: reference, txStatus: "failed", payerName: "Maria Santos" }
    const answers = [await post(message), await post(message)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const [event, ...others] = await events()
    expect(others).toEqual([])
    expect(event).toMatchObject({
      provider_id: mocasaProvider,
      event_key: `${reference}|failed`,
      body: { orderNo: reference, txStatus: "failed", payerName: "***" },
    })
  })

  it("takes a message that comes a hundred times at once for one", async () => {
    shop.sandbox.set({ webhooksOn: false })
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    const message = { orderNo: session.data.reference, txStatus: "success" }
    const answers = await Promise.all(Array.from({ length: 100 }, async () => await post(message)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await shop.orderOfCart(cartId)
    await shop.afterWorkflows()
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
    expect(await events()).toHaveLength(1)
  })

  it("writes to the session that its payment failed, so that the shopper can choose again", async () => {
    const { session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.decline(session.data.reference)
    const row = await eventually(
      async () => await shop.database("payment_session").where({ id: session.id }).first(),
      ({ status }) => status === "error"
    )
    expect(row).toMatchObject({ status: "error", data: { status: "failed" } })
  })

  it("makes the order of a payment that failed first and was paid then", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.decline(session.data.reference)
    await eventually(
      async () => await shop.database("payment_session").where({ id: session.id }).first(),
      ({ status }) => status === "error"
    )
    shop.sandbox.pay(session.data.reference)
    await shop.orderOfCart(cartId)
    await shop.afterWebhooks()
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
  })

  it("keeps a message whose gateway can't be asked, and works on it when it can", async () => {
    shop.sandbox.set({ webhooksOn: false })
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    shop.sandbox.faults.add({ kind: "http-error", path: "/payment/order/query", times: "forever" })
    await post({ orderNo: session.data.reference, txStatus: "success" })
    const [waiting] = await eventually(events, ([event]) => event?.error !== null)
    expect(waiting).toMatchObject({ state: "waiting", attempts: 1 })
    expect(waiting?.error).toMatch(/HTTP 500/)
    shop.sandbox.faults.clear()
    await shop.database("webhook_event").update({ next_try_at: new Date(0) })
    // The job comes by every ten seconds.
    await eventually(events, ([event]) => event?.state === "done")
    await shop.orderOfCart(cartId)
    expect(await events()).toMatchObject([{ state: "done", outcome: "paid", error: null }])
  })

  const anyStatus = { validateStatus: () => true }

  async function post(message: Record<string, string>, signature?: string) {
    const { orderNo, txStatus } = message
    const { webhookSecret } = shop.sandbox.credentials
    const genuine = createHash("sha256")
      .update(`${orderNo}|${txStatus}|${webhookSecret}`)
      .digest("base64")
    return await shop.api.post(hook, message, {
      headers: { signature: signature ?? genuine },
      ...anyStatus,
    })
  }

  async function events() {
    return await shop.database("webhook_event").orderBy("created_at")
  }
})
