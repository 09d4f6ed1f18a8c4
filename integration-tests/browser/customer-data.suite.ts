import { readFileSync } from "node:fs"
import { graveFaults } from "./support/axe"
import { look, sidewaysScroll } from "./support/look"
import { newSeller } from "./support/payees"
import { makeTransfer } from "./support/payout-people"
import type { Proof } from "./support/proof"

/** Without any of these Medusa's own page fails. */
const mayLook = ["customer:read", "customer_group:read", "order:read"]

/** What is kept of a customer is saved for them and erased on their page in the dashboard. */
export function customerData(proof: Proof): void {
  describe("the personal data of a customer", () => {
    it("is saved as a file, and erased by one answer, which tells what is left and why", async () => {
      const { id, email, beneficiaryId } = await customerWhoIsPaid()
      const dashboard = await proof.dashboard()
      const { page, question } = dashboard
      await dashboard.open(`/customers/${id}`)
      const data = dashboard.section("Personal data of payments")
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        data.getByRole("button", { name: "Export" }).click(),
      ])
      expect(saved.suggestedFilename()).toBe(`customer-${id}.json`)
      expect(JSON.parse(readFileSync(await saved.path(), "utf8"))).toMatchObject({
        customer_id: id,
        beneficiaries: [{ id: beneficiaryId }],
      })

      await data.getByRole("button", { name: "Erase" }).click()
      await question.getByText(email).waitFor()
      expect(await graveFaults(question)).toEqual([])
      await question.getByRole("button", { name: "Erase" }).click()
      await data.getByText(/^Something is left for now/).waitFor()
      await data.getByRole("link", { name: beneficiaryId }).waitFor()
      await look(page, "customer-data-erased")
      expect(await graveFaults(data)).toEqual([])
    })

    it("fits a phone, in Croatian and dark, without a grave fault", async () => {
      const { id } = await customerWhoIsPaid()
      const dashboard = await proof.dashboard({ language: "hr", theme: "dark", viewport: "narrow" })
      await dashboard.open(`/customers/${id}`)
      const data = dashboard.section("Osobni podaci o plaćanjima")
      await data.getByRole("button", { name: "Izbriši" }).waitFor()
      expect(await graveFaults(data)).toEqual([])
      expect(await sidewaysScroll(dashboard.page)).toBe(0)
    })

    it("is exported, and not erased, by a role that may only export; others are shown neither", async () => {
      const { id } = await customerWhoIsPaid()
      const api = await proof.api()
      const exporter = await proof.dashboard({
        account: await api.colleague("Ana", [...mayLook, "gateway_payment:export_customer"]),
      })
      await exporter.open(`/customers/${id}`)
      const data = exporter.section("Personal data of payments")
      await data.getByRole("button", { name: "Export" }).waitFor()
      expect(await data.getByRole("button", { name: "Erase" }).count()).toBe(0)

      const onlooker = await proof.dashboard({
        account: await api.colleague("Iva", [...mayLook, "gateway_payment:read"]),
      })
      await onlooker.open(`/customers/${id}`)
      await onlooker.main.getByRole("heading").first().waitFor()
      expect(await onlooker.section("Personal data of payments").count()).toBe(0)
    })
  })

  /** A customer who is a payee to whom a transfer waits, which has to end first. */
  async function customerWhoIsPaid() {
    const api = await proof.api()
    const email = `leaving-${Date.now()}@example.com`
    const { customer } = await api.post<{ customer: { id: string } }>("/admin/customers", { email })
    const payee = await newSeller(api)
    await api.post(`/admin/payouts/beneficiaries/${payee.id}/customer`, {
      customer_id: customer.id,
    })
    const wanted = { amount: "1500.25", currency_code: "php", purpose: "Commission, May" }
    await makeTransfer(api, payee, wanted)
    return { id: customer.id, email, beneficiaryId: payee.id }
  }
}
