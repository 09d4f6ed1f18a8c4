import type { AdminApi } from "./support/api"
import { graveFaults } from "./support/axe"
import type { Dashboard } from "./support/dashboard"
import { look, sidewaysScroll } from "./support/look"
import { newWallet } from "./support/payees"
import { makeTransfer, person } from "./support/payout-people"
import { transferRows } from "./support/payout-rows"
import type { Proof } from "./support/proof"

const list = "/payouts/approvals"
const abilities = ["payout_transfer:read", "payout_transfer:approve", "payout_transfer:update"]

type Made = { id: string; reference: string }

/** What a second person signs, one transfer at a time. */
export function payoutApprovals(proof: Proof): void {
  describe("a payout that waits for an approval", () => {
    it("lies beside the one that it looks like, and is approved with the keyboard alone after one question", async () => {
      const api = await proof.api()
      const account = await api.colleague("Ana", abilities)
      const { payee, transfer } = await wallet(api)
      const other = await transfer("1500", "Commission, May")
      const held = await transfer("1500", "Commission, June")
      const ana = await proof.dashboard({ account })
      const { page, dialog } = ana
      await ana.open(`${list}?open=${held.id}`)
      await dialog.getByRole("heading", { name: "Approve a transfer" }).waitFor()
      for (const signed of [payee.name, "••••4567", payee.account.bank_code, "Commission, June"]) {
        await dialog.getByText(signed, { exact: true }).first().waitFor()
      }
      const alike = dialog.getByRole("region", { name: "Looks like another payment" })
      await alike.getByText(other.reference).waitFor()
      await alike.getByText("Commission, May").waitFor()
      await look(page, "payout-approval-alike")
      expect(await graveFaults(dialog)).toEqual([])

      await ana.tabTo(dialog.getByRole("button", { name: /^Approve PKR/ }))
      await page.keyboard.press("Enter")
      await ana.question.getByText(new RegExp(`looks like ${other.reference}`)).waitFor()
      await ana.tabTo(ana.question.getByRole("button", { name: /^Approve PKR/ }))
      await page.keyboard.press("Enter")
      await ana.toast.getByText(/approved$/).waitFor()
      expect(await statusOf(api, held)).not.toBe("awaiting_approval")
      expect(await statusOf(api, other)).toBe("awaiting_approval")
    })

    it("that was edited after somebody looked is not approved; they see what changed, and can go on", async () => {
      const api = await proof.api()
      const account = await api.colleague("Ana", abilities)
      const { payee, transfer } = await wallet(api)
      const made = await transfer("700", "Refund")
      const ana = await proof.dashboard({ account, viewport: "narrow" })
      const { page, dialog } = ana
      await ana.open(`${list}?open=${made.id}`)
      const approve = dialog.getByRole("button", { name: /^Approve PKR/ })
      await approve.waitFor()
      // What they see is not looked at again in the meantime.
      await page.route(/payouts\/approvals/, async () => {})
      await api.post(`/admin/payouts/beneficiaries/${payee.id}`, {
        account: { ...payee.account, account_number: "03009990001" },
      })
      await approve.click()
      await ana.question.getByRole("button", { name: /^Approve PKR/ }).click()
      await page.unroute(/payouts\/approvals/)
      await dialog.getByText(/^Nothing was done: it changed/).waitFor()
      await dialog.getByText(/was ••••4567, is ••••0001/).waitFor()
      expect(await statusOf(api, made)).toBe("awaiting_approval")
      await look(page, "payout-approval-changed")
      expect(await graveFaults(dialog)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)

      await approve.click()
      await ana.question.getByRole("button", { name: /^Approve PKR/ }).click()
      await ana.toast.getByText(/approved$/).waitFor()
      expect(await statusOf(api, made)).not.toBe("awaiting_approval")
    })

    it("is rejected on its own page with a reason that its maker reads, and not by somebody who may only look", async () => {
      const api = await proof.api()
      const iva = await person(proof, "Iva", "reader")
      const boris = await person(proof, "Boris", "approver")
      const wanted = { amount: "640", currency_code: "pkr", purpose: "Commission, twice" }
      const made = await makeTransfer(api, await newWallet(api), wanted)
      const onlooker = await proof.dashboard({ account: iva.account })
      await onlooker.open(`/payouts/${made.id}`)
      await onlooker.main
        .getByText(/^Your role lets you look at this, and approve nothing/)
        .waitFor()
      expect(await deciding(onlooker).count()).toBe(0)
      const refused = iva.api.post(`/admin/payouts/transfers/${made.id}/reject`, { reason: "No" })
      await expect(refused).rejects.toThrow(/answered 403/)

      const { page, main, question } = await proof.dashboard({
        account: boris.account,
        viewport: "narrow",
      })
      await page.goto(`/app/payouts/${made.id}`)
      await main.getByText(/^You may approve this: neither did you make it/).waitFor()
      await main.getByRole("button", { name: "Reject", exact: true }).click()
      const reject = main.getByRole("button", { name: /^Reject PKR/ })
      expect(await reject.isDisabled()).toBe(true)
      await main.getByLabel("Why do you reject it?").fill("It was paid in May")
      await look(page, "payout-reject")
      expect(await graveFaults(main)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      await reject.click()
      await question.getByRole("button", { name: /^Reject PKR/ }).click()
      await main.getByText("A second person said no. It was never sent.").waitFor()
      expect(await transferRows(proof.shop, [made.id])).toMatchObject([
        { status: "rejected", reason: "It was paid in May", approved_by: null },
      ])
      const owner = await proof.dashboard()
      await owner.open(`/payouts/${made.id}`)
      await owner.main.getByText("Rejected · Boris Horvat").waitFor()
      await owner.main.getByText("It was paid in May").first().waitFor()
      await owner.main.getByRole("button", { name: "Make another like it" }).waitFor()
    })

    it("tells its maker in Croatian why they may not approve it, and is withdrawn by them", async () => {
      const api = await proof.api()
      const { transfer } = await wallet(api)
      const made = await transfer("900", "Bonus")
      const owner = await proof.dashboard({ language: "hr", theme: "dark" })
      await owner.open(`${list}?open=${made.id}`)
      await owner.dialog.getByText(/^Ovo ste izradili Vi\./).waitFor()
      expect(await owner.dialog.getByRole("button", { name: /^Odobri/ }).count()).toBe(0)
      await owner.dialog.getByRole("button", { name: /^Povuci/ }).click()
      await owner.question.getByRole("button", { name: /^Povuci/ }).click()
      await owner.toast.getByText(/povučeno$/).waitFor()
      expect(await statusOf(api, made)).toBe("canceled")
    })
  })
}

function deciding({ main }: Dashboard) {
  return main.getByRole("button", { name: /^(?:Approve|Reject|Withdraw)/ })
}

/** Somebody with a wallet, and what makes a transfer to them. */
async function wallet(api: AdminApi) {
  const payee = await newWallet(api)
  const transfer = async (amount: string, purpose: string): Promise<Made> => {
    const body = { beneficiary_id: payee.id, amount, currency_code: "pkr", purpose }
    return (await api.post<{ transfer: Made }>("/admin/payouts/transfers", body)).transfer
  }
  return { payee, transfer }
}

async function statusOf(api: AdminApi, { id }: Made): Promise<string> {
  const path = `/admin/payouts/transfers/${id}`
  return (await api.get<{ transfer: { status: string } }>(path)).transfer.status
}
