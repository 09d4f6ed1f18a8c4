import { graveFaults } from "./support/axe"
import type { Dashboard } from "./support/dashboard"
import { look, sidewaysScroll } from "./support/look"
import type { Proof } from "./support/proof"
import { Sandbox } from "./support/sandbox"
import { deadMessage, unmatchedPayment, unpaidOrder } from "./support/unmatched-payment"

const list = "/payments-that-need-you"

/** What only a person can decide: refunded, attached or replayed, by one person at a time. */
export function exceptions(proof: Proof): void {
  describe("a payment that needs a person", () => {
    it("is found by its customer, refunded with the keyboard alone after one question, and told as decided", async () => {
      const api = await proof.api()
      const sandbox = new Sandbox(proof.shop, "mocasa")
      const { email, reference } = await unmatchedPayment(proof.shop, api)
      const before = await sandbox.moves("refund")
      const dashboard = await proof.dashboard()
      const { page } = dashboard
      await dashboard.open(`${list}?q=${email}`)
      const row = dashboard.main.getByRole("button", { name: "Paid after the cart changed" })
      await dashboard.tabTo(row)
      await page.keyboard.press("Enter")
      await dashboard.dialog.getByText(reference).first().waitFor()
      await dashboard.dialog.getByText(email).waitFor()
      await dashboard.tabTo(dashboard.dialog.getByRole("radio", { name: /^Refund/ }))
      await page.keyboard.press("Space")
      await dashboard.dialog.getByText("You are at it.").waitFor()
      await dashboard.tabTo(dashboard.dialog.getByLabel("Note (optional)"))
      await page.keyboard.type("The cart had changed")
      await look(page, "payments-that-need-you-refund")
      expect(await graveFaults(dashboard.dialog)).toEqual([])
      await dashboard.tabTo(dashboard.dialog.getByRole("button", { name: /^Refund/ }))
      await page.keyboard.press("Enter")
      await dashboard.question.getByText(/gives PHP\s[\d.,]+ back to Maria Reyes/).waitFor()
      expect(await sandbox.moves("refund")).toBe(before)
      await dashboard.tabTo(dashboard.question.getByRole("button", { name: /^Refund/ }))
      await page.keyboard.press("Enter")
      await dashboard.dialog.getByText(/^Refunded by /).waitFor()
      expect(await sandbox.moves("refund")).toBe(before + 1)
      await page.keyboard.press("Escape")
      await dashboard.main.getByText("Nothing found").waitFor()
    })

    it("is attached to an order that is searched for by its number, where enough is due", async () => {
      const api = await proof.api()
      const { id } = await unmatchedPayment(proof.shop, api)
      const { number } = await unpaidOrder(proof.shop, api)
      const dashboard = await proof.dashboard({ viewport: "narrow" })
      const { dialog } = dashboard
      await dashboard.open(`${list}?open=${id}`)
      await dialog.getByRole("radio", { name: /^Attach/ }).click()
      await dialog.getByRole("searchbox").fill(`#${number}`)
      const order = dialog.getByRole("radio", { name: new RegExp(`#${number} `) })
      await order.click()
      await look(dashboard.page, "payments-that-need-you-attach")
      expect(await graveFaults(dialog)).toEqual([])
      expect(await sidewaysScroll(dashboard.page)).toBe(0)
      await dialog.getByRole("button", { name: /^Attach/ }).click()
      await dashboard.question.getByRole("button", { name: /^Attach/ }).click()
      await dialog.getByText(/^Attached by /).waitFor()
      const { payment_exception } = await api.get<{
        payment_exception: { state: string; order: { display_id: number } }
      }>(`/admin/gateway-payments/exceptions/${id}`)
      expect(payment_exception).toMatchObject({ state: "attached", order: { display_id: number } })
    })

    it("belongs to one of two admins: the other sees at once who is at it, and then what was decided", async () => {
      const api = await proof.api()
      const { id } = await unmatchedPayment(proof.shop, api)
      const account = await api.colleague("Ana", [
        "gateway_payment:read",
        "gateway_payment:take",
        "gateway_payment:close",
      ])
      const ana = await proof.dashboard({ account })
      const owner = await proof.dashboard()
      await Promise.all([ana, owner].map((one) => one.open(`${list}?open=${id}`)))
      await ana.dialog.getByRole("radio", { name: /^Close/ }).click()
      await owner.dialog.getByText("Ana Horvat is at it").waitFor()
      expect(await owner.dialog.getByRole("radio", { name: /^Refund/ }).isDisabled()).toBe(true)
      await look(owner.page, "payments-that-need-you-taken")

      const note = "Given back in the shop"
      await ana.dialog.getByLabel(/^Note/).fill(note)
      await ana.dialog.getByRole("button", { name: /^Close with/ }).click()
      await ana.question.getByRole("button", { name: /^Close with/ }).click()
      await owner.dialog.getByText(/^Closed by Ana Horvat/).waitFor()
      await owner.dialog.getByText(note).first().waitFor()
      expect(await owner.dialog.getByRole("radio").count()).toBe(0)
    })

    it("is there to look at for a role that may read, and not at all for one without", async () => {
      const api = await proof.api()
      const { id, email } = await unmatchedPayment(proof.shop, api)
      const reader = await proof.dashboard({
        account: await api.colleague("Reader", ["gateway_payment:read"]),
      })
      await reader.open(`${list}?open=${id}`)
      await reader.dialog.getByText("Your role lets you look at this").waitFor()
      expect(await reader.dialog.getByRole("radio").count()).toBe(0)
      expect(await reader.dialog.getByRole("button", { name: "I am at it" }).count()).toBe(0)

      const stranger = await proof.dashboard({ account: await api.colleague("Stranger", []) })
      await stranger.open(list)
      await stranger.main.getByText("Your role does not allow you to see this").waitFor()
      expect(await stranger.main.getByText(email).count()).toBe(0)
    })

    it("keeps what was typed when the page is loaded again in the middle", async () => {
      const { id } = await unmatchedPayment(proof.shop, await proof.api())
      const dashboard = await proof.dashboard({ language: "hr" })
      const { dialog, page } = dashboard
      await dashboard.open(`${list}?open=${id}`)
      await dialog.getByRole("radio", { name: /^Zatvori/ }).click()
      await dialog.getByLabel(/^Bilješka/).fill("Vraćeno ručno")
      await page.reload()
      await dialog.getByRole("radio", { name: /^Zatvori/ }).click()
      expect(await dialog.getByLabel(/^Bilješka/).inputValue()).toBe("Vraćeno ručno")
    })
  })

  describe("a message that was given up", () => {
    it("is replayed from the list, and its payment becomes an order", async () => {
      const { reference } = await deadMessage(proof.shop)
      const dashboard = await proof.dashboard()
      await dashboard.open(`${list}/messages`)
      await select(dashboard, reference)
      await dashboard.page.keyboard.press("r")
      await dashboard.toast.getByText("1 message was worked on").waitFor()
      const api = await proof.api()
      const { webhooks } = await api.get<{ webhooks: { state: string; outcome: string }[] }>(
        `/admin/gateway-payments/webhooks?reference=${reference}`
      )
      expect(webhooks).toMatchObject([{ state: "done", outcome: "paid" }])
    })
  })

  it("runs the reconciliation when it is told to, and says what it came to", async () => {
    const dashboard = await proof.dashboard()
    await dashboard.open(`${list}/reconciliation`)
    await dashboard.main.getByRole("button", { name: "Run now" }).click()
    await dashboard.main.getByText(/^Done: /).waitFor()
    expect(await graveFaults(dashboard.main)).toEqual([])
  })
}

async function select(dashboard: Dashboard, reference: string): Promise<void> {
  const box = dashboard.main.getByRole("checkbox", {
    name: `Select the message about ${reference}`,
  })
  await box.waitFor()
  await look(dashboard.page, "gateway-messages")
  expect(await graveFaults(dashboard.main)).toEqual([])
  await box.click()
}
