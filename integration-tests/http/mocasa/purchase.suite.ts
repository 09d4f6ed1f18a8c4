import { Modules } from "@medusajs/framework/utils"
import { customerToken } from "../support/customer-token"
import { logOf } from "../support/log-of"
import { mocasaProvider, type MocasaStore } from "../support/mocasa-store"
import { suite } from "../support/shop"
import { Shopper } from "../support/shopper"

export const purchase = suite<MocasaStore>("a purchase with Mocasa Pay", (shop) => {
  it("begins with a cart that is the same whether the Store API has filled it or a test has copied it", async () => {
    const shopper = shop.shopper()
    const filled = await new Shopper(shop.api, shop.store, "ph").fillCart()
    await shopper.fillCart() // what is copied, where it is the first
    const copied = await shopper.fillCart()
    const shown = async (id: string) => {
      const { data } = await shopper.get(`/store/carts/${id}`)
      const ids: string[] = []
      const text = JSON.stringify(data.cart).replace(/\w+_[0-9A-Z]{26}/g, (found) => {
        const place = ids.indexOf(found)
        return `id ${place < 0 ? ids.push(found) - 1 : place}`
      })
      return JSON.parse(text.replace(/maria-\w+|\d{4}-\d\d-\d\dT[\d:.]+Z/g, "its own"))
    }
    expect(copied).not.toBe(filled)
    expect(await shown(copied)).toEqual(await shown(filled))
  })

  it("shows the shopper the uniform data of the payment and nothing else", async () => {
    const { session } = await shop.shopper().checkOut(mocasaProvider)
    expect(session.data).toEqual({
      session_id: session.id,
      reference: `${session.id.slice("payses_".length)}0`,
      gateway_id: null,
      amount: "112.00",
      currency_code: "php",
      status: "open",
      next_action: { type: "redirect", url: expect.stringContaining(shop.sandbox.url) },
      expires_at: null,
    })
  })

  it("is not complete before the shopper paid", async () => {
    const shopper = shop.shopper()
    const { cartId } = await shopper.checkOut(mocasaProvider)
    const answer = await shopper.complete(cartId)
    expect(answer.data.type).not.toBe("order")
    expect(await shop.ordersOfCart(cartId)).toEqual([])
  })

  it("becomes one paid order when the shopper comes back before the webhook", async () => {
    shop.sandbox.set({ webhooksOn: false })
    const shopper = shop.shopper()
    const { cartId, session } = await shopper.checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    const completed = await shopper.complete(cartId)
    expect(completed.data).toMatchObject({ type: "order", order: { total: 112 } })
    shop.sandbox.set({ webhooksOn: true })
    shop.sandbox.resendWebhook(session.data.reference)
    await shop.sandbox.webhooks.settled()
    await shop.afterWebhooks()
    await expectOnePaidOrder(cartId, 112)
  })

  it("becomes one paid order when only the webhook comes", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    await shop.orderOfCart(cartId)
    await expectOnePaidOrder(cartId, 112)
  })

  it("becomes one paid order when the webhook and the shopper come at once, again and again", async () => {
    shop.sandbox.set({ webhookCopies: 3 })
    const shopper = shop.shopper()
    const { cartId, session } = await shopper.checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    await Promise.all([shopper.complete(cartId), shopper.complete(cartId)])
    await shop.sandbox.webhooks.settled()
    await shop.orderOfCart(cartId)
    await shop.afterWebhooks()
    const again = await shopper.complete(cartId)
    expect(again.data.type).toBe("order")
    await expectOnePaidOrder(cartId, 112)
  })

  it("is still possible after the shopper was declined and tried again", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.decline(session.data.reference)
    await shop.sandbox.webhooks.settled()
    await shop.afterWebhooks()
    expect(await shop.ordersOfCart(cartId)).toEqual([])
    shop.sandbox.pay(session.data.reference)
    await shop.orderOfCart(cartId)
    await expectOnePaidOrder(cartId, 112)
  })

  it("lets a declined shopper choose again, and pays the second order only", async () => {
    shop.sandbox.set({ webhooksOn: false })
    const shopper = shop.shopper()
    const { cartId, collectionId, session } = await shopper.checkOut(mocasaProvider)
    shop.sandbox.decline(session.data.reference)
    const declined = await shopper.complete(cartId)
    expect(declined.data.type).not.toBe("order")
    const again = await shopper.choosePayment(collectionId, mocasaProvider)
    const second = again.data.payment_collection.payment_sessions[0]
    expect(second.data.reference).not.toBe(session.data.reference)
    shop.sandbox.pay(second.data.reference)
    const completed = await shopper.complete(cartId)
    expect(completed.data.type).toBe("order")
    await expectOnePaidOrder(cartId, 112)
  })

  it("charges a total of four places rounded once, and Medusa counts the order as paid in full", async () => {
    const shopper = shop.shopper()
    const { cartId, session } = await shopper.checkOut(mocasaProvider, shop.store.variants.odd)
    expect(session.amount).toBe(111.9888)
    expect(session.data.amount).toBe("111.99")
    shop.sandbox.pay(session.data.reference)
    const order = await shop.orderOfCart(cartId)
    expect(order.payment_status).toBe("captured")
    expect(shop.sandbox.ledger.entries({ reference: session.data.reference })).toMatchObject([
      { kind: "payment", amount: "111.99" },
    ])
  })

  it("tells Mocasa the customer's id when one is logged in, and our reference for a guest", async () => {
    const guest = await shop.shopper().checkOut(mocasaProvider)
    const token = await customerToken(shop)
    const customer = await shop.shopper(token).checkOut(mocasaProvider)
    const sent = openedAtMocasa().map(({ fields }) => fields?.customerId)
    expect(sent).toEqual([guest.session.data.reference, expect.stringMatching(/^cus_/)])
    expect(customer.session.data.customer_id).toBeUndefined()
  })

  it("makes no payment session where Mocasa refuses, and says why", async () => {
    const shopper = shop.shopper()
    const collectionId = await shopper.collectionOf(await shopper.fillCart())
    shop.sandbox.faults.add({
      kind: "wrong-shape",
      path: "/payment/order/create",
      answer: { success: false, code: "RISK_01", message: "The buyer is not accepted", data: null },
      acts: false,
    })
    const refused = await shopper.choosePayment(collectionId, mocasaProvider)
    expect(refused.status).toBe(400)
    expect(refused.data.message).toContain("RISK_01: The buyer is not accepted")
    const [reference = "none"] = openedAtMocasa().map(({ fields }) => String(fields?.orderNo))
    expect(await shop.database("gateway_order").where({ reference })).toMatchObject([
      { state: "refused", session_released_at: expect.any(Date) },
    ])
  })

  it("is not available to shoppers while Mocasa refuses the shop's credentials, and the log names the option", async () => {
    const shopper = shop.shopper()
    const collectionId = await shopper.collectionOf(await shopper.fillCart())
    shop.sandbox.faults.add({
      kind: "http-error",
      status: 401,
      path: "/payment/order/create",
      times: "forever",
    })
    const log = logOf(shop.container)
    const refused = await shopper.choosePayment(collectionId, mocasaProvider)
    expect(refused.status).toBe(400)
    expect(refused.data.message).toMatch(
      /^Mocasa Pay is not available now\. Nothing was charged\. Choose another way to pay\. Our reference: \w{27}$/
    )
    expect(log()).toContainEqual(
      expect.stringMatching(/Check clientKey and clientSecret of pp_mocasa_mocasa in medusa-config/)
    )
  })

  it("finds the payment link again when the answer to its creation was lost", async () => {
    const shopper = shop.shopper()
    shop.sandbox.faults.add({ kind: "answer-lost", path: "/payment/order/create" })
    const { cartId, session } = await shopper.checkOut(mocasaProvider)
    expect(session.data.next_action.type).toBe("redirect")
    expect(shop.sandbox.orders.all()).toContainEqual(
      expect.objectContaining({ orderNo: session.data.reference })
    )
    shop.sandbox.pay(session.data.reference)
    await shop.orderOfCart(cartId)
    await expectOnePaidOrder(cartId, 112)
  })

  it("stays pending while Mocasa can't be asked, and completes when it can", async () => {
    shop.sandbox.set({ webhooksOn: false })
    const shopper = shop.shopper()
    const { cartId, session } = await shopper.checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    shop.sandbox.faults.add({ kind: "http-error", path: "/payment/order/query", times: "forever" })
    expect((await shopper.complete(cartId)).data.type).not.toBe("order")
    shop.sandbox.faults.clear()
    expect((await shopper.complete(cartId)).data.type).toBe("order")
    await expectOnePaidOrder(cartId, 112)
  })

  it("is refunded by Medusa when no order can be made of it, and can be paid again", async () => {
    shop.sandbox.set({ webhooksOn: false })
    const shopper = shop.shopper()
    const { cartId, collectionId, session } = await shopper.checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    const orders = shop.container.resolve(Modules.ORDER)
    const broken = jest
      .spyOn(orders, "addOrderTransactions")
      .mockRejectedValueOnce(new Error("The database went away"))
    const failed = await shopper.complete(cartId)
    broken.mockRestore()
    expect(failed.data.type).not.toBe("order")
    expect(moves(session.data.reference)).toEqual(["payment 112.00", "refund 112.00"])

    const collection = await shopper.get(`/store/payment-collections/${collectionId}`)
    const again = collection.data.payment_collection?.payment_sessions ?? []
    const answer = await shopper.choosePayment(collectionId, mocasaProvider)
    const second = answer.data.payment_collection.payment_sessions[0]
    expect([session, ...again].map(({ id }) => id)).not.toContain(second.id)
    expect(second.data).toMatchObject({ status: "open", next_action: { type: "redirect" } })
    shop.sandbox.pay(second.data.reference)
    expect((await shopper.complete(cartId)).data.type).toBe("order")
    expect(moves(second.data.reference)).toEqual(["payment 112.00"])
  })

  describe("what a storefront writes into the session", () => {
    it("is refused before it is stored when it looks like a card", async () => {
      const shopper = shop.shopper()
      const collectionId = await shopper.collectionOf(await shopper.fillCart())
      const refused = await shopper.choosePayment(collectionId, mocasaProvider, {
        card: { number: "4111 1111 1111 1111", cvv: "123" },
      })
      expect(refused.status).toBe(400)
      expect(refused.data.message).toContain("Card data must not be sent")
      expect(await storedAnywhere("4111 1111")).toBe(false)
      expect(await storedAnywhere("41111111")).toBe(false)
      expect(await sessionsOf(collectionId)).toEqual([])
    })

    it("is dropped where it is not listed, and never replaces what is ours", async () => {
      const shopper = shop.shopper()
      const collectionId = await shopper.collectionOf(await shopper.fillCart())
      const answer = await shopper.choosePayment(collectionId, mocasaProvider, {
        reference: "01ARZ3NDEKTSV4RRFFQ69G5FAV0",
        status: "paid",
        amount: "0.01",
        note: "not listed",
        payer: { name: "Maria Santos", id_number: "PH-MARKED-ID" },
      })
      const [session] = answer.data.payment_collection.payment_sessions
      expect(session.data).toMatchObject({ status: "open", amount: "112.00" })
      expect(session.data.reference).toBe(`${session.id.slice("payses_".length)}0`)
      expect(await storedAnywhere("not listed")).toBe(false)
      const [row] = await sessionsOf(collectionId)
      expect(JSON.stringify(row.data)).not.toContain("PH-MARKED-ID")
      expect(JSON.stringify(row.data)).not.toContain("Maria Santos")
    })

    it("sends the shopper back only to an address that the shop allows", async () => {
      const shopper = shop.shopper()
      const collectionId = await shopper.collectionOf(await shopper.fillCart())
      const refused = await shopper.choosePayment(collectionId, mocasaProvider, {
        return_url: "https://evil.example/",
      })
      expect(refused.status).toBe(400)
      expect(refused.data.message).toContain("allowedReturnOrigins")
      const allowed = await shopper.choosePayment(collectionId, mocasaProvider, {
        return_url: "http://localhost/thanks",
      })
      expect(allowed.status).toBe(200)
      const [call] = openedAtMocasa()
      expect(call?.fields?.returnUrl).toBe("http://localhost/thanks")
    })

    it("is left alone for the payment methods of others", async () => {
      const shopper = shop.shopper()
      const collectionId = await shopper.collectionOf(await shopper.fillCart())
      const answer = await shopper.choosePayment(collectionId, "pp_system_default", {
        note: "kept",
      })
      expect(answer.status).toBe(200)
      const [row] = await sessionsOf(collectionId)
      expect(row.data).toMatchObject({ note: "kept" })
    })
  })

  const openedAtMocasa = () =>
    shop.sandbox.calls.list().filter(({ path }) => path === "/payment/order/create")

  const sessionsOf = async (payment_collection_id: string) =>
    await shop.database("payment_session").where({ payment_collection_id })

  function moves(reference: string): string[] {
    return shop.sandbox.ledger.entries({ reference }).map(({ kind, amount }) => `${kind} ${amount}`)
  }

  async function expectOnePaidOrder(cartId: string, total: number): Promise<void> {
    const orders = await shop.ordersOfCart(cartId)
    expect(orders).toHaveLength(1)
    const order = await shop.adminOrder(orders[0]!)
    expect(order.payment_status).toBe("captured")
    expect(order.summary).toMatchObject({ paid_total: total, pending_difference: 0 })
    expect(order.payment_collections[0]!.payments).toHaveLength(1)
    expect(order.payment_collections[0]!.payments[0]!.captures.map(({ amount }) => amount)).toEqual(
      [total]
    )
    const [journaled] = await shop
      .database("gateway_order")
      .where({ cart_id: cartId, state: "paid" })
      .select("reference")
    expect(shop.sandbox.ledger.entries({ reference: journaled.reference })).toMatchObject([
      { kind: "payment", amount: total.toFixed(2) },
    ])
    expect(
      await shop.database("received_money").where({ order_reference: journaled.reference })
    ).toHaveLength(1)
  }

  async function storedAnywhere(text: string): Promise<boolean> {
    const [sessions, executions, orders] = await Promise.all([
      shop.database("payment_session").select("*"),
      shop.database("workflow_execution").select("*"),
      shop.database("gateway_order").select("*"),
    ])
    return JSON.stringify([sessions, executions, orders]).includes(text)
  }
})
