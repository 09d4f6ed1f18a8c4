import type { Proof } from "./support/proof"
import { graveFaults } from "./support/axe"
import { look, sidewaysScroll } from "./support/look"
import { gatewayPayments, refundAsPossible } from "./support/order-payment"
import { Sandbox } from "./support/sandbox"
import { PURCHASES, type Gateway } from "./support/storefront"

/** A shopper buys with a phone at each gateway, and the shop's owner finds the order in the dashboard. */
export function purchase(proof: Proof): void {
  describe("a shopper with a phone", () => {
    it.each(Object.keys(PURCHASES) as Gateway[])(
      "pays at %s, and the order is in the dashboard, which refunds what it said it can",
      async (gateway) => {
        const sandbox = new Sandbox(proof.shop, gateway)
        const before = await sandbox.moves("payment")
        const storefront = await proof.storefront()

        const number = await storefront.buy(gateway, `${gateway}-${Date.now()}@example.com`)
        await look(storefront.page, `storefront-order-${gateway}`)

        expect(await sandbox.moves("payment")).toBe(before + 1)
        const { id, payment_status } = await (await proof.api()).order(number)
        expect(payment_status).toBe("captured")
        const dashboard = await proof.dashboard()
        await dashboard.open(`/orders/${id}`)
        await dashboard.main.getByText(`#${number}`).first().waitFor()
        await look(dashboard.page, `order-${gateway}`)
        await refundAsPossible(dashboard, gateway, sandbox)
        await look(dashboard.page, `order-refunded-${gateway}`)
        expect(await graveFaults(gatewayPayments(dashboard))).toEqual([])
      }
    )

    it("reads Urdu from the right, and finds the order although the phone has killed the tab", async () => {
      const storefront = await proof.storefront()
      const { page, context } = storefront
      await storefront.fillCheckout(PURCHASES.kess, `urdu-${Date.now()}@example.com`)
      const wallet = await storefront.leaveToPay(PURCHASES.kess)
      const payment = page.url()
      await page.getByLabel("Language of this page").selectOption("ur")
      await page.getByRole("heading", { level: 1, name: "ادا کریں" }).waitFor()
      expect(await page.locator(".payment-result").getAttribute("dir")).toBe("rtl")
      expect(await graveFaults(page.locator("body"))).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      await look(page, "storefront-qr-urdu")

      await page.close()
      await wallet.getByRole("button", { name: "Pay", exact: true }).click()
      const again = await context.newPage()
      await again.goto(payment)
      await again.waitForURL(/\/orders\//)
      await again.getByRole("heading", { level: 1, name: /#\d+/ }).waitFor()
    })

    it("finds pages without a grave fault, as wide as the phone", async () => {
      const storefront = await proof.storefront()
      const { page } = storefront
      await storefront.fillCheckout(PURCHASES.kess, `axe-${Date.now()}@example.com`)
      expect(await graveFaults(page.locator("body"))).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      await look(page, "storefront-checkout")
      await page.getByRole("radio", { name: PURCHASES.kess.method }).check()
      await page.getByRole("button", { name: /^Pay/ }).click()
      await page.getByRole("img", { name: /QR/ }).waitFor()
      expect(await graveFaults(page.locator("body"))).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      await look(page, "storefront-qr")
    })
  })
}
