import { seller, type PayoutShop } from "../support/payout-shop"
import { suite } from "../support/shop"
import { heading, path } from "./admin-api"

export const storableText = suite<PayoutShop>("the admin API of payouts", (shop) => {
  describe("what no database keeps is refused by name, and never breaks a route", () => {
    const ofPayments = "/admin/gateway-payments"

    it.each([
      ...[`${ofPayments}/exceptions`, `${ofPayments}/webhooks`],
      ...["transfers", "beneficiaries", "imports"].map((list) => `${path}/${list}`),
    ])("in the addresses and filters of %s", async (list) => {
      // What is no UTF-8 at all is answered before: by a 500 of Medusa's own, at each of its admin routes.
      for (const url of ["/a%00b", `/${"a".repeat(300)}`, "?q=%00", "?id[]=a%00b"]) {
        const { status, data } = await shop.admin.get(`${list}${url}`)
        expect([url, status]).toEqual([url, 400])
        expect(data.message).toMatch(/address|query's (q|id)/)
      }
    })

    it.each([
      ...["refund", "attach", "close"].map((action) => `${ofPayments}/exceptions/a%00b/${action}`),
      `${ofPayments}/webhooks/a%00b/replay`,
      ...["approve", "reject", "resolve", "cancel", "submit", "refresh", "retry"].map(
        (action) => `${path}/transfers/a%00b/${action}`
      ),
      ...["", "/disable", "/decide", "/account"].map(
        (action) => `${path}/beneficiaries/a%00b${action}`
      ),
    ])("in the address of %s", async (url) => {
      const { status, data } = await shop.admin.post(url, { note: "Looked at" })
      expect([status, data.message]).toEqual([400, expect.stringContaining("id in the address")])
    })

    it.each([
      ...["orders", "returns", "claims", "exchanges"].map((of) => `/admin/${of}/a%00b/cancel`),
      ...["refund", "capture"].map((action) => `/admin/payments/a%00b/${action}`),
      "/admin/order-edits/a%00b/confirm",
    ])("in the address of core's %s, which is guarded", async (url) => {
      const { status, data } = await shop.admin.post(url, {})
      expect([status, data.message]).toEqual([400, expect.stringContaining("id in the address")])
    })

    it.each([
      [`${ofPayments}/exceptions/x/close`, { note: "A\u0000B" }, "note"],
      [`${ofPayments}/refunds-elsewhere`, { payment_id: "\ud83d" }, "payment_id"],
      [
        `${path}/beneficiaries`,
        { ...seller, identity: { id_number: "\u0000" } },
        "identity.id_number",
      ],
      [`${path}/transfers`, { purpose: "\u0000" }, "purpose"],
      [`${path}/imports`, { csv: `${heading}\na,1,PHP,\u0000` }, "csv"],
      [`${path}/imports/check`, { csv: `${heading}\na,1,PHP,\ud83d` }, "csv"],
    ])("in the body of %s", async (url, body, field) => {
      const { status, data } = await shop.admin.post(url, body)
      expect([status, data.message]).toEqual([400, expect.stringContaining(`body's ${field} `)])
    })

    it("from shoppers, gateways and browsers", async () => {
      const shopper = shop.shopper()
      const sessions = "/payment-sessions"
      const data = { payer: { name: "A\u0000B" } }
      const refused = [
        await shopper.post(`/store${sessions}/payses_%00/refresh`, {}),
        await shopper.post(`/store/payment-collections/x${sessions}`, {
          provider_id: "pp_mocasa_mocasa",
          data,
        }),
        await shopper.post(`/store/payment-collections/%00${sessions}`, {
          provider_id: "pp_mocasa_mocasa",
        }),
        await shopper.post(`/store${sessions}/payses_%zz/refresh`, {}),
        await shopper.post("/store/carts/%00", {}),
        await shopper.post("/store/carts/x/line-items", { variant_id: "\u0000", quantity: 1 }),
      ]
      expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 400))
      expect(refused[1]?.data.message).toContain("data.payer.name ")
      const others = [
        await shopper.delete("/store/saved-payment-methods/%00"),
        await shopper.get("/payments/mocasa_mocasa/return?reference=%00&orderNo=%ED%A0%BD"),
        await shopper.get("/payments/%00/return"),
        await shopper.get("/payments/%zz/return"),
        await shopper.post("/hooks/payment/mocasa_mocasa", {
          orderNo: "\u0000",
          txStatus: "success",
        }),
        await shopper.post("/hooks/payout/%00", {}),
      ]
      for (const { status, config } of others) {
        expect([config.url, Math.floor(status / 100)]).toEqual([config.url, 4])
      }
    })
  })
})
