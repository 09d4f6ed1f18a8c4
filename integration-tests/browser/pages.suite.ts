import type { Account } from "./support/api"
import { graveFaults } from "./support/axe"
import { cutOff, look, sidewaysScroll } from "./support/look"
import { person } from "./support/payout-people"
import { payoutStory, type PayoutStory } from "./support/payout-story"
import type { Proof } from "./support/proof"

/** By the name of a page's pictures its address below /app. All together are what the plugin has in the dashboard. */
type Pages = Readonly<Record<string, string | (() => string)>>

const PAYMENT_PAGES: Pages = {
  "gateway-payments": "/gateway-payments",
  "gateway-messages": "/payments-that-need-you/messages",
  "payments-that-need-you": "/payments-that-need-you",
  reconciliation: "/payments-that-need-you/reconciliation",
  till: "/till",
  "payment-gateways": "/settings/payment-gateways",
  "payment-gateway": "/settings/payment-gateways/pp_mocasa_mocasa",
}

const PAYOUT_PAGES: Pages = {
  payouts: "/payouts",
  beneficiaries: "/payouts/beneficiaries",
  "payout-balances": "/payouts/balances",
  "payout-approvals": "/payouts/approvals",
  "payout-batches": "/payouts/batches",
  "payout-files": "/payouts/imports",
  "payout-statements": "/payouts/statements",
}

/** The pages of one thing, which the story makes. */
const DETAILS: Readonly<Record<string, keyof PayoutStory>> = {
  "payout-paid": "transfer",
  "payout-that-waits": "waiting",
  "payout-beneficiary": "beneficiary",
  "payout-batch": "batch",
  "payout-import": "import",
  "payout-bank-file": "file",
}

/** In the words of src/admin/i18n: what somebody reads whose role does not allow a page. */
const FORBIDDEN = /^Your role does not allow you to see this/

/** What changes something, or shows what a role may not see, by the first words of its button. */
const COMMANDS =
  /^(?:Approve|Reject|Withdraw|Pay|Edit|Disable|Make|Import|Settle|Say what|Record|Cancel|Send|Show the account|Download|Resume)/

/** The pages of payments, with what other suites have left on them. */
export function paymentPages(proof: Proof): void {
  everyPage(proof, PAYMENT_PAGES)
}

/** The pages of payouts, with what other suites have left on them, and those of one thing. */
export function payoutPages(proof: Proof): void {
  let story: PayoutStory

  beforeAll(async () => {
    story = await payoutStory(proof)
  })

  everyPage(proof, {
    ...PAYOUT_PAGES,
    ...Object.fromEntries(
      Object.entries(DETAILS).map(([name, one]) => [name, () => story[one]] as const)
    ),
  })

  it("the pages of payouts offer a role that may only read nothing to do, and the shop refuses it what it tries", async () => {
    const { account, api } = await person(proof, "Iva", "reader")
    const dashboard = await proof.dashboard({ account })
    const balances = "/payouts/balances"
    for (const path of [...Object.values(DETAILS).map((one) => story[one]), balances]) {
      await dashboard.open(path)
      await dashboard.main.getByRole("heading").first().waitFor()
      expect(await dashboard.main.getByText(FORBIDDEN).count()).toBe(0)
      const offered = await dashboard.main.getByRole("button", { name: COMMANDS }).allInnerTexts()
      expect({ path, offered }).toEqual({ path, offered: [] })
    }
    for (const [one, verb] of [
      ["waiting", "approve"],
      ["waiting", "cancel"],
      ["transfer", "resolve"],
      ["batch", "withdraw"],
      ["beneficiary", "disable"],
      ["beneficiary", "account"],
    ] as const) {
      const [, , area = "transfers", id = area] = story[one].split("/")
      const path = `/admin/payouts/${id === area ? "transfers" : area}/${id}/${verb}`
      await expect(api.post(path)).rejects.toThrow(/answered 403/)
    }
    await expect(api.post("/admin/payouts/sending/pause", { reason: "No" })).rejects.toThrow(
      /answered 403/
    )
  })
}

/** What holds for every page of the plugin, whatever it shows. */
function everyPage(proof: Proof, pages: Pages): void {
  let nobody: Account

  beforeAll(async () => {
    nobody = await (await proof.api()).colleague("nobody", [])
  })

  for (const [name, page] of Object.entries(pages)) {
    const path = () => (typeof page === "string" ? page : page())
    it.each([
      ["en", "light"],
      ["hr", "dark"],
    ] as const)(
      `${name}: no grave fault, and fits a phone, in %s and %s`,
      async (language, theme) => {
        const dashboard = await proof.dashboard({ language, theme })
        await dashboard.open(path())
        await dashboard.main.getByRole("heading").first().waitFor()
        await look(dashboard.page, `${name}-${language}`)

        expect(await graveFaults(dashboard.main)).toEqual([])
        await dashboard.page.setViewportSize({ width: 390, height: 844 })
        expect(await sidewaysScroll(dashboard.page)).toBe(0)
        expect(await cutOff(dashboard.page)).toEqual([])
      }
    )

    it(`${name}: shows nothing to a colleague without a role, and says why`, async () => {
      const dashboard = await proof.dashboard({ account: nobody })
      await dashboard.open(path())
      await dashboard.main.getByText(FORBIDDEN).first().waitFor()
      await look(dashboard.page, `${name}-without-a-role`)

      expect(await dashboard.main.getByRole("row").count()).toBe(0)
    })

    it(`${name}: all that can be pressed is reached by the Tab key`, async () => {
      const dashboard = await proof.dashboard()
      await dashboard.open(path())
      await dashboard.main.getByRole("heading").first().waitFor()
      expect(await dashboard.unreachable()).toEqual([])
    })
  }
}
