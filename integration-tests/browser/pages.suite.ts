import { graveFaults } from "./support/axe"
import { look, sidewaysScroll } from "./support/look"
import type { Account } from "./support/api"
import type { Proof } from "./support/proof"

/** Every page that the plugin has in the dashboard: how its pictures are named, and its address below /app. */
const PAGES: Readonly<Record<string, string>> = {
  "gateway-payments": "/gateway-payments",
  "gateway-messages": "/payments-that-need-you/messages",
  "payments-that-need-you": "/payments-that-need-you",
  payouts: "/payouts",
  beneficiaries: "/payouts/beneficiaries",
  "payout-balances": "/payouts/balances",
  "payout-approvals": "/payouts/approvals",
  "payout-batches": "/payouts/batches",
  "payout-files": "/payouts/imports",
  "payout-statements": "/payouts/statements",
  reconciliation: "/payments-that-need-you/reconciliation",
  till: "/till",
  "payment-gateways": "/settings/payment-gateways",
  "payment-gateway": "/settings/payment-gateways/pp_mocasa_mocasa",
}

/** In the words of src/admin/i18n: what somebody reads whose role does not allow a page. */
const FORBIDDEN = /^Your role does not allow you to see this/

/** What holds for every page of the plugin, whatever it shows. */
export function pages(proof: Proof): void {
  let nobody: Account

  beforeAll(async () => {
    nobody = await (await proof.api()).colleague("nobody", [])
  })

  for (const [name, path] of Object.entries(PAGES)) {
    it.each([
      ["en", "light"],
      ["hr", "dark"],
    ] as const)(
      `${name}: no grave fault, and fits a phone, in %s and %s`,
      async (language, theme) => {
        const dashboard = await proof.dashboard({ language, theme })
        await dashboard.open(path)
        await dashboard.main.getByRole("heading").first().waitFor()
        await look(dashboard.page, `${name}-${language}`)

        expect(await graveFaults(dashboard.main)).toEqual([])
        await dashboard.page.setViewportSize({ width: 390, height: 844 })
        expect(await sidewaysScroll(dashboard.page)).toBe(0)
      }
    )

    it(`${name}: shows nothing to a colleague without a role, and says why`, async () => {
      const dashboard = await proof.dashboard({ account: nobody })
      await dashboard.open(path)
      await dashboard.main.getByText(FORBIDDEN).first().waitFor()
      await look(dashboard.page, `${name}-without-a-role`)

      expect(await dashboard.main.getByRole("row").count()).toBe(0)
    })

    it(`${name}: all that can be pressed is reached by the Tab key`, async () => {
      const dashboard = await proof.dashboard()
      await dashboard.open(path)
      await dashboard.main.getByRole("heading").first().waitFor()
      expect(await dashboard.unreachable()).toEqual([])
    })
  }
}
