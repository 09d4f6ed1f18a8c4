import { parse } from "csv-parse/sync"
import { Admin } from "../support/admin"
import { suite } from "../support/shop"
import { mocasaProvider, type TwoGateways } from "../support/two-gateways"

const path = "/admin/gateway-payments/exceptions"

export const onePersonAtATime = suite<TwoGateways>(
  "one person at a time decides about money that no order stands for",
  (shop) => {
    let ana: Admin
    let anasId: string
    let ben: Admin

    beforeAll(async () => {
      ana = await Admin.logIn(shop.api, shop.container)
      ben = await Admin.logIn(shop.api, shop.container)
      const { data } = await ana.get("/admin/users/me")
      anasId = data.user.id
      await ana.post(`/admin/users/${anasId}`, { first_name: "Ana", last_name: "Reyes" })
    })

    it("shows the others at once who is at it, and refuses them with the name until it is released", async () => {
      const { id, reference } = await paidAfterTheCartChanged()
      const orderId = await newOrder()
      expect(await takenOf(ana, id)).toBeNull()
      const taken = await ana.post(`${path}/${id}/take`, {})
      expect(taken.data.payment_exception.taken).toMatchObject({
        by: anasId,
        name: "Ana Reyes",
        is_mine: true,
        is_stale: false,
      })
      expect(await takenOf(ben, id)).toMatchObject({ name: "Ana Reyes", is_mine: false })

      const decisions = [
        ["take", {}],
        ["refund", {}],
        ["attach", { order_id: orderId }],
        ["close", { note: "It was a test" }],
      ] as const
      for (const [verb, body] of decisions) {
        const { status, data } = await ben.post(`${path}/${id}/${verb}`, body)
        expect([verb, status, data.message]).toEqual([
          verb,
          409,
          expect.stringContaining("Ana Reyes is at it"),
        ])
      }
      expect(shop.mocasa.ledger.entries({ kind: "refund", reference })).toEqual([])
      const left = await ben.post(`${path}/${id}/release`, {})
      expect(left.data.payment_exception.taken).toMatchObject({ name: "Ana Reyes" })

      await ana.post(`${path}/${id}/release`, {})
      const refunded = await ben.post(`${path}/${id}/refund`, {})
      expect([refunded.status, refunded.data.message]).toEqual([200, undefined])
      const late = await ana.post(`${path}/${id}/take`, {})
      expect([late.status, late.data.message]).toEqual([
        400,
        expect.stringMatching(/was refunded before \(by admin-\d+@example\.com\)/),
      ])
    })

    it("lets anybody take over what somebody was at and left", async () => {
      const { id } = await paidAfterTheCartChanged()
      await ana.post(`${path}/${id}/take`, {})
      const gone = new Date(Date.now() - 1_000)
      await shop.database("payment_exception").where({ id }).update({ taken_until: gone })
      expect(await takenOf(ben, id)).toMatchObject({ name: "Ana Reyes", is_stale: true })
      expect((await ben.post(`${path}/${id}/take`, {})).status).toBe(200)
      expect((await ana.post(`${path}/${id}/close`, { note: "Mine still" })).status).toBe(409)
      expect((await ben.post(`${path}/${id}/close`, { note: "Given back" })).status).toBe(200)
      expect(await takenOf(ana, id)).toBeNull()
    })

    it("lets one of two who refund and close it at the same moment do so", async () => {
      const { id, reference } = await paidAfterTheCartChanged()
      shop.mocasa.faults.add({ kind: "latency", path: "/payment/order/refund", ms: 300 })
      const answers = await Promise.all([
        ana.post(`${path}/${id}/refund`, {}),
        ben.post(`${path}/${id}/close`, { note: "Nothing is left to do" }),
      ])
      const statuses = answers.map(({ status }) => status)
      expect(statuses.filter((status) => status === 200)).toHaveLength(1)
      const { data } = await ana.get(`${path}/${id}`)
      const wasRefunded = statuses[0] === 200
      expect(data.payment_exception.state).toBe(wasRefunded ? "refunded" : "closed")
      const refunds = shop.mocasa.ledger.entries({ kind: "refund", reference })
      expect(refunds).toHaveLength(wasRefunded ? 1 : 0)
    })

    it("finds it by who is at it, and by whose money it is", async () => {
      const { id, email } = await paidAfterTheCartChanged()
      await ana.post(`${path}/${id}/take`, {})
      const found = async (admin: Admin, query: string) => {
        const { data } = await admin.get(`${path}?id=${id}&${query}`)
        return data.count
      }
      expect(await found(ana, "taken_by=me")).toBe(1)
      expect(await found(ben, "taken_by=me")).toBe(0)
      expect(await found(ben, "taken_by=others")).toBe(1)
      expect(await found(ben, `taken_by=${anasId}`)).toBe(1)
      expect(await found(ben, "taken_by=nobody")).toBe(0)
      expect(await found(ben, "taken_by[]=nobody&taken_by[]=others")).toBe(1)
      expect(await found(ana, `q=${encodeURIComponent(email.toUpperCase())}`)).toBe(1)
      expect(await found(ana, "q=santos%20MARIA")).toBe(1)
      expect(await found(ana, "q=maria%20nobody")).toBe(0)
      expect(await found(ana, "q=%25")).toBe(0)
      expect(await found(ana, `q=nobody-${email}`)).toBe(0)
      const { data } = await ana.get(`${path}?id=${id}`)
      expect(data.payment_exceptions[0].customer).toMatchObject({ name: "Maria Santos", email })
    })

    it("tells before anything is sent what can be done, and what is due on the orders it may be for", async () => {
      const { id } = await paidAfterTheCartChanged()
      const orderId = await newOrder()
      const { data } = await ana.get(`${path}/${id}`)
      const { choices, received_money, gateway_order } = data.payment_exception
      expect(choices).toEqual({
        refund: { amount: "112", refusal: null },
        attach: { amount: expect.stringMatching(/^112/), refusal: null },
      })
      expect(received_money).toMatchObject([{ amount: expect.stringMatching(/^112/) }])
      expect(gateway_order).toMatchObject({ state: "paid", currency_code: "php" })

      const { display_id } = (await ana.get(`/admin/orders/${orderId}?fields=display_id`)).data
        .order
      const search = async () =>
        (await ana.get(`${path}/${id}/orders?q=%23${display_id}`)).data.orders.find(
          (order: { id: string }) => order.id === orderId
        )
      expect(await search()).toMatchObject({ due: "0", total: "112", refusal: "less_due" })
      await takePaymentBack(orderId)
      expect(await search()).toMatchObject({ due: "112", refusal: null })
      const nothing = await ana.get(`${path}/${id}/orders?q=nobody-knows-this`)
      expect(nothing.data).toMatchObject({ orders: [], currency_code: "php" })
      expect((await ana.get(`${path}/gwexc_none/orders`)).status).toBe(404)
    })

    it("exports what was decided, by whom and why, and no cell as a formula", async () => {
      const { id, email } = await paidAfterTheCartChanged()
      await ana.post(`${path}/${id}/close`, { note: "=HYPERLINK(1)" })
      const file = await ana.get(`${path}/export?state=closed&q=${encodeURIComponent(email)}`)
      expect(file.headers["content-type"]).toContain("text/csv")
      expect(parse(file.data, { bom: true, columns: true })).toMatchObject([
        {
          id,
          state: "closed",
          amount: "112",
          customer_name: "Maria Santos",
          customer_email: email,
          settled_by: "Ana Reyes",
          note: "'=HYPERLINK(1)",
        },
      ])
    })

    it("lists the runs of the reconciliation, one that was started by hand among them", async () => {
      const started = await ana.post("/admin/gateway-payments/reconciliation/run", {})
      const { data } = await ana.get(
        `/admin/gateway-payments/reconciliation/runs?id=${started.data.run.id}`
      )
      expect(data).toMatchObject({ offset: 0, limit: 20 })
      expect(data.count).toBeLessThanOrEqual(1) // one that had nothing to do leaves with the next
    })

    async function takenOf(admin: Admin, id: string) {
      const { data } = await admin.get(`${path}?id=${id}`)
      return data.payment_exceptions[0].taken
    }

    async function paidAfterTheCartChanged() {
      const shopper = shop.shopper()
      const { cartId, session } = await shopper.checkOut(mocasaProvider)
      const variant_id = shop.store.variants.odd
      await shopper.post(`/store/carts/${cartId}/line-items`, { variant_id, quantity: 1 })
      shop.mocasa.pay(session.data.reference)
      await shop.afterNews()
      const { reference } = session.data
      const [{ id }] = await shop.database("payment_exception").where({ reference })
      const [{ email }] = await shop.database("cart").where({ id: cartId })
      return { id: String(id), reference, email: String(email) }
    }

    async function newOrder(): Promise<string> {
      const { cartId } = await shop.shopper().checkOut("pp_system_default")
      const completed = await shop.shopper().complete(cartId)
      return completed.data.order.id
    }

    async function takePaymentBack(orderId: string): Promise<void> {
      const order = await shop.adminOrder(orderId)
      const [payment] = order.payment_collections[0]!.payments
      await shop.database("payment").where({ id: payment!.id }).update({ canceled_at: new Date() })
    }
  }
)
