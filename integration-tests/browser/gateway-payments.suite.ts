import { readFileSync } from "node:fs"
import { graveFaults } from "./support/axe"
import { look, sidewaysScroll } from "./support/look"
import type { Proof } from "./support/proof"
import { Sandbox } from "./support/sandbox"

type Payment = {
  id: string
  reference: string
  provider_id: string
  order: { id: string; display_id: number } | null
}

type Total = { provider_id: string; currency_code: string; received_amount: string }

const path = "/admin/gateway-payments"

/** The list of all payments at gateways, what it adds up to, and the way to an order and back. */
export function gatewayPayments(proof: Proof): void {
  describe("the page of gateway payments", () => {
    it("adds up what each gateway's own ledger has", async () => {
      const { totals } = await (await proof.api()).get<{ totals: Total[] }>(`${path}/totals`)
      const dashboard = await proof.dashboard()
      await dashboard.open("/gateway-payments")
      const table = dashboard.main.getByRole("table", { name: "Totals" })
      const shown = (await table.innerText()).replaceAll(/\s+/g, " ")
      for (const gateway of Object.keys(proof.shop.sandboxes)) {
        for (const [currency, received] of await ledgerOf(proof, gateway)) {
          const own = totals.filter(
            (total) =>
              total.provider_id.startsWith(`pp_${gateway}_`) && total.currency_code === currency
          )
          const sum = own.reduce((whole, { received_amount }) => whole + Number(received_amount), 0)
          expect([gateway, currency, sum.toFixed(2)]).toEqual([
            gateway,
            currency,
            received.toFixed(2),
          ])
          // Two providers of one account have a row each.
          for (const { received_amount } of own) {
            expect(shown).toContain(money(Number(received_amount), currency))
          }
        }
      }
      await dashboard.main.getByRole("group", { name: /^Money in by day/ }).waitFor()
      await look(dashboard.page, "gateway-payments")
    })

    it("finds one by the beginning of its reference, and leads to its order and back", async () => {
      const payment = await paymentWithOrder(proof)
      const dashboard = await proof.dashboard()
      const { page, main } = dashboard
      await dashboard.open("/gateway-payments")
      await main.getByRole("searchbox").fill(payment.reference.slice(0, 24))
      await page.waitForURL(/[?&]q=/)
      const references = main.getByRole("link", { name: /^01[0-9A-Z]{25}$/ })
      await references.nth(1).waitFor({ state: "detached" })
      expect(await references.allInnerTexts()).toEqual([payment.reference])
      await main.getByRole("link", { name: payment.reference }).click()
      await main.getByRole("heading", { name: "Gateway payment", exact: true }).waitFor()
      await dashboard.settled()
      await look(page, "gateway-payment")
      expect(await graveFaults(main)).toEqual([])

      await main.getByRole("link", { name: `Order #${payment.order?.display_id}` }).click()
      await page.waitForURL(`**/orders/${payment.order?.id}`)
      await page.goBack()
      await main.getByRole("link", { name: "All gateway payments" }).click()
      await page.waitForURL(/\/gateway-payments$/)
    })

    it("filters by gateway, and saves what is shown as a file", async () => {
      const { provider_id } = await paymentWithOrder(proof)
      const dashboard = await proof.dashboard()
      const { page, main } = dashboard
      const filter = new URLSearchParams({ provider_id: JSON.stringify([provider_id]) })
      await dashboard.open(`/gateway-payments?${filter.toString()}`)
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        main.getByRole("button", { name: "Export" }).click(),
      ])
      expect(saved.suggestedFilename()).toBe("gateway-payments.csv")
      const [head, ...lines] = readFileSync(await saved.path(), "utf8")
        .trim()
        .split("\r\n")
      expect(head).toContain("reference,gateway_id,provider_id")
      const { count } = await (
        await proof.api()
      ).get<{ count: number }>(`${path}?provider_id=${provider_id}&limit=1`)
      expect(lines).toHaveLength(count)
      expect(lines.every((line) => line.includes(`,${provider_id},`))).toBe(true)
    })

    it("is used with the keyboard alone", async () => {
      const { reference } = await paymentWithOrder(proof)
      const dashboard = await proof.dashboard()
      const { page, main } = dashboard
      await dashboard.open("/gateway-payments")
      await dashboard.tabTo(main.getByRole("searchbox"))
      await page.keyboard.type(reference)
      await page.waitForURL(/[?&]q=/)
      await dashboard.settled()
      await dashboard.tabTo(main.getByRole("link", { name: reference }))
      await page.keyboard.press("Enter")
      await page.waitForURL(/\/gateway-payments\/gword_/)
    })

    it("shows a payment in Croatian, in the dark, on a phone", async () => {
      const { id } = await paymentWithOrder(proof)
      const dashboard = await proof.dashboard({ language: "hr", theme: "dark", viewport: "narrow" })
      await dashboard.open(`/gateway-payments/${id}`)
      await dashboard.main.getByText("Naša referenca").waitFor()
      expect(await graveFaults(dashboard.main)).toEqual([])
      expect(await sidewaysScroll(dashboard.page)).toBe(0)
    })

    it("shows nothing to somebody whose role does not allow it, and the routes tell them nothing", async () => {
      const account = await (await proof.api()).colleague("Iva", [])
      const dashboard = await proof.dashboard({ account })
      const refused: number[] = []
      dashboard.page.on("response", (answer) => {
        if (answer.url().includes(`${path}`)) refused.push(answer.status())
      })
      const { id } = await paymentWithOrder(proof)
      for (const page of ["/gateway-payments", `/gateway-payments/${id}`]) {
        await dashboard.open(page)
        await dashboard.main
          .getByText(/Your role does not allow you/)
          .first()
          .waitFor()
        expect(await dashboard.main.getByRole("table").count()).toBe(0)
      }
      expect(refused.filter((status) => status !== 403)).toEqual([])
    })
  })
}

/** What came, by currency in small letters. */
async function ledgerOf(proof: Proof, gateway: string): Promise<Map<string, number>> {
  const sandbox = new Sandbox(proof.shop, gateway as "kess")
  const sums = new Map<string, number>()
  const entries =
    await sandbox.get<{ kind: string; amount: string; currency: string }[]>("/_sandbox/ledger")
  for (const { amount, currency } of entries.filter(({ kind }) => kind === "payment")) {
    const code = currency.toLowerCase()
    sums.set(code, (sums.get(code) ?? 0) + Number(amount))
  }
  return sums
}

async function paymentWithOrder(proof: Proof): Promise<Payment> {
  const api = await proof.api()
  const { gateway_payments } = await api.get<{ gateway_payments: Payment[] }>(
    `${path}?state=paid&limit=100`
  )
  const found = gateway_payments.find(({ order }) => order !== null)
  if (!found) throw new Error("There is no payment of an order")
  return found
}

/** As the English page writes it. */
function money(amount: number, currency: string): string {
  return new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "code" })
    .format(amount)
    .replaceAll(/\s/g, " ")
}
