import { graveFaults } from "./support/axe"
import { look, sidewaysScroll } from "./support/look"
import { gatewayPayments } from "./support/order-payment"
import type { Proof } from "./support/proof"
import { Sandbox } from "./support/sandbox"

/** What is due on an order is asked for by a link; what gateways have no refund for is recorded. */
export function orderPage(proof: Proof): void {
  describe("the gateway payments on a draft order's page", () => {
    it("are asked for by a link, and found paid when the gateway is checked", async () => {
      const { id, due } = await draftOrder()
      const dashboard = await proof.dashboard()
      await dashboard.open(`/draft-orders/${id}`)
      const payments = gatewayPayments(dashboard)
      await payments.getByText(`Still to be paid: PHP\u00a0${due}`).waitFor()
      await payments.getByRole("button", { name: "Create payment link" }).click()
      await dashboard.dialog.getByRole("radio", { name: /Mocasa Pay/ }).check()
      await look(dashboard.page, "order-payment-link")
      expect(await graveFaults(dashboard.dialog)).toEqual([])
      await dashboard.dialog.getByRole("button", { name: "Create payment link" }).click()
      await dashboard.question.getByRole("button", { name: /^Create link for/ }).click()
      await dashboard.dialog.getByText(/^A link for PHP/).waitFor()
      await dashboard.dialog.getByRole("button", { name: "Close" }).last().click()
      await payments.getByText("The link by which it is paid at Mocasa Pay").waitFor()
      await look(dashboard.page, "order-payment-unpaid")

      const [payment] = await paymentsOf(id)
      await new Sandbox(proof.shop, "mocasa").post(`/_sandbox/orders/${payment?.reference}/pay`)
      await payments.getByRole("button", { name: "Check with the gateway now" }).click()
      await payments.getByText(/refunds PHP.* as a whole; not a part\.$/).waitFor()
      await payments.getByText("Still to be paid").waitFor({ state: "detached" })
    })

    it("fit a phone, in Croatian and dark, without a grave fault", async () => {
      const { id } = await draftOrder()
      const visitor = { language: "hr", theme: "dark" } as const
      const dashboard = await proof.dashboard(visitor)
      await dashboard.open(`/draft-orders/${id}`)
      const payments = dashboard.main.getByRole("region", { name: "Plaćanja kod pružatelja" })
      await payments.getByText("Još treba platiti").waitFor()
      expect(await graveFaults(payments)).toEqual([])
      await dashboard.page.setViewportSize({ width: 390, height: 844 })
      expect(await sidewaysScroll(dashboard.page)).toBe(0)
    })

    it("are nothing to a role that may not see them, and can't be changed by one that may only look", async () => {
      const { id } = await draftOrder()
      const api = await proof.api()
      const order = ["order:read", "region:read", "customer:read"]
      const stranger = await proof.dashboard({ account: await api.colleague("Ivo", order) })
      await stranger.open(`/draft-orders/${id}`)
      await stranger.main.getByText("A month of coffee").first().waitFor()
      expect(await gatewayPayments(stranger).count()).toBe(0)
      const account = await api.colleague("Ana", [...order, "gateway_payment:read"])
      const onlooker = await proof.dashboard({ account })
      await onlooker.open(`/draft-orders/${id}`)
      await gatewayPayments(onlooker)
        .getByText(/^Still to be paid/)
        .waitFor()
      expect(await gatewayPayments(onlooker).getByRole("button", { name: "Create" }).count()).toBe(
        0
      )
    })
  })

  async function draftOrder(): Promise<{ id: string; due: string }> {
    const api = await proof.api()
    const { regions } = await api.get<{ regions: { id: string; currency_code: string }[] }>(
      "/admin/regions?fields=id,currency_code"
    )
    const { sales_channels } = await api.get<{ sales_channels: { id: string }[] }>(
      "/admin/sales-channels?limit=1"
    )
    const { draft_order } = await api.post<{ draft_order: { id: string } }>("/admin/draft-orders", {
      region_id: regions.find(({ currency_code }) => currency_code === "php")?.id,
      sales_channel_id: sales_channels[0]?.id,
      email: "draft@example.com",
      items: [{ title: "A month of coffee", quantity: 1, unit_price: 1985 }],
    })
    const { order_payments } = await api.get<{ order_payments: { due: string } }>(
      `/admin/gateway-payments/orders/${draft_order.id}`
    )
    const due = new Intl.NumberFormat("en", { minimumFractionDigits: 2 })
    return { id: draft_order.id, due: due.format(Number(order_payments.due)) }
  }

  async function paymentsOf(orderId: string): Promise<{ reference: string }[]> {
    const { order_payments } = await (
      await proof.api()
    ).get<{ order_payments: { payments: { reference: string }[] } }>(
      `/admin/gateway-payments/orders/${orderId}`
    )
    return order_payments.payments
  }
}
