import { readFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import type { AdminApi } from "./support/api"
import { graveFaults } from "./support/axe"
import type { Dashboard } from "./support/dashboard"
import { look, sidewaysScroll } from "./support/look"
import { newSeller, newWallet } from "./support/payees"
import { movedByReference } from "./support/payout-file"
import { approveTransfer, makeTransfer, person } from "./support/payout-people"
import { transferRows, untilTransferIs } from "./support/payout-rows"
import type { Proof } from "./support/proof"

const path = "/admin/payouts"

const maker = [
  "payout_transfer:read",
  "payout_transfer:create",
  "payout_transfer:update",
  "payout_beneficiary:read",
]
const approver = ["payout_transfer:read", "payout_transfer:approve", "payout_beneficiary:read"]

type Transfer = { id: string; reference: string; status: string; raw_amount: { value: string } }

/** Of the job that sends, with a second to spare. */
const betweenRunsMs = 11_000

/** Transfers, whom they pay, and the switch that pauses all of them. */
export function payouts(proof: Proof): void {
  describe("a payout", () => {
    it("keeps what was typed when its amount is refused, is made once, and approved by another person than its maker", async () => {
      const api = await proof.api()
      const seller = await newSeller(api)
      const boris = await api.colleague("Boris", approver)
      const ana = await proof.dashboard({ account: await api.colleague("Ana", maker) })
      await ana.open(`/payouts/beneficiaries/${seller.id}`)
      await ana.main.getByRole("button", { name: "Pay", exact: true }).click()
      const [amount, purpose] = [ana.dialog.getByLabel(/^Amount/), ana.dialog.getByLabel("Purpose")]
      await amount.fill("60000,5")
      await purpose.fill("Commission, May")
      await ana.dialog.getByLabel(/^Metadata/).fill("seller = 77")
      await make(ana)
      await ana.dialog.getByRole("alert").getByText(/50000/).waitFor()
      expect([await amount.inputValue(), await purpose.inputValue()]).toEqual([
        "60000,5",
        "Commission, May",
      ])
      await look(ana.page, "payout-refused")
      expect(await graveFaults(ana.dialog)).toEqual([])

      await amount.fill("1500,25")
      await make(ana)
      await ana.main.getByText(/^You made this\. A second person/).waitFor()
      expect(await ana.main.getByRole("button", { name: /^Approve/ }).count()).toBe(0)
      const [transfer] = await transfersTo(api, seller)
      expect(transfer).toMatchObject({
        status: "awaiting_approval",
        raw_amount: { value: "1500.25" },
        metadata: { seller: "77" },
      })
      expect(ana.page.url()).toContain(`/payouts/${transfer?.id}`)

      // Nor may whoever said where it goes.
      const owner = await proof.dashboard()
      await owner.open(`/payouts/${transfer?.id}`)
      await owner.main.getByText(/^You were the last to edit the beneficiary/).waitFor()
      expect(await owner.main.getByRole("button", { name: /^Approve/ }).count()).toBe(0)
      await look(owner.page, "payout-waits")
      const second = await proof.dashboard({ account: boris })
      await second.open(`/payouts/${transfer?.id}`)
      await second.main.getByRole("button", { name: /^Approve PHP/ }).click()
      await second.question.getByRole("button", { name: /^Approve PHP/ }).click()
      await ana.main.getByText(/^Approved by/).waitFor()
      await look(ana.page, "payout")
      expect(await graveFaults(ana.main)).toEqual([])
      expect(await transfersTo(api, seller)).toHaveLength(1)
    })

    it("is found by the payee's name, adds up in the totals, and is in the file that is saved", async () => {
      const api = await proof.api()
      const wallet = await newWallet(api)
      for (const [amount, purpose] of [
        ["1500", "Commission"],
        ["25", "Fuel"],
      ] as const) {
        const body = { beneficiary_id: wallet.id, amount, currency_code: "pkr", purpose }
        await api.post(`${path}/transfers`, body)
      }
      const dashboard = await proof.dashboard()
      const { page, main } = dashboard
      await dashboard.open("/payouts")
      await dashboard.tabTo(main.getByRole("searchbox"))
      await page.keyboard.type(wallet.name)
      await page.waitForURL(/[?&]q=/)
      const totals = main.getByRole("table", { name: "Totals" })
      await totals.getByText(/PKR\s1,525/).waitFor()
      expect(await main.getByRole("link", { name: wallet.name }).count()).toBe(2)
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        main.getByRole("button", { name: "Export" }).click(),
      ])
      const lines = readFileSync(await saved.path(), "utf8")
        .trim()
        .split("\r\n")
      expect(lines).toHaveLength(3)
      await dashboard.tabTo(main.getByRole("link", { name: wallet.name }).first())
      await page.keyboard.press("Enter")
      await page.waitForURL(/\/payouts\/potr_/)
    })
  })

  describe("a beneficiary", () => {
    it("is made with the keyboard alone", async () => {
      const name = `Ayesha Khan ${Date.now()}`
      const dashboard = await proof.dashboard()
      const { page, main, dialog } = dashboard
      await dashboard.open("/payouts/beneficiaries")
      await dashboard.pressByKey(main.getByRole("button", { name: "New beneficiary" }))
      await dashboard.chooseByKeys(
        dialog.getByRole("radiogroup", { name: "Through which gateway?" }),
        /^Cashy/
      )
      await dashboard.typeInto(dialog.getByLabel("Name", { exact: true }), name)
      await dashboard.typeInto(dialog.getByLabel("Account number"), "03009998887")
      await dashboard.typeInto(dialog.getByLabel("Kind of account"), "1")
      await dashboard.typeInto(dialog.getByLabel("Bank", { exact: true }), "12")
      await dashboard.pressByKey(dialog.getByRole("button", { name: "Make the beneficiary" }))
      await page.waitForURL(/\/payouts\/beneficiaries\/poben_/)
      await main.getByRole("heading", { name }).waitFor()
      await main.getByText("••••8887").first().waitFor()
    })

    it("says before a change is saved what it sets in motion, and then who changed what", async () => {
      const api = await proof.api()
      const wallet = await newWallet(api)
      const twin = await api.post<{ beneficiary: { id: string } }>(`${path}/beneficiaries`, {
        provider_id: "po_cashy_cashy",
        name: `Twin of ${wallet.name}`,
        kind: "person",
        account: wallet.account,
      })
      const body = { amount: "700", currency_code: "pkr", purpose: "Bonus" }
      await api.post(`${path}/transfers`, { ...body, beneficiary_id: wallet.id })
      const dashboard = await proof.dashboard({ viewport: "narrow" })
      const { main, dialog, question } = dashboard
      await dashboard.open(`/payouts/beneficiaries/${wallet.id}`)
      await main.getByRole("link", { name: /^Twin of/ }).waitFor()
      await main.getByRole("button", { name: "Edit", exact: true }).click()
      await dialog.getByLabel(/^Phone/).fill("+92 300 5556667")
      await dialog.getByRole("switch", { name: "Change the account, too" }).click()
      await dialog.getByLabel("Account number").fill("03005556667")
      await dialog.getByLabel("Kind of account").fill("1")
      await dialog.getByLabel("Bank", { exact: true }).fill("12")
      await dialog.getByText(/^1 transfer that waits shows the change/).waitFor()
      await look(dashboard.page, "beneficiary-edit")
      expect(await graveFaults(dialog)).toEqual([])
      expect(await sidewaysScroll(dashboard.page)).toBe(0)
      await dialog.getByRole("button", { name: "Save" }).click()
      await question.getByText(/You can't approve what goes there/).waitFor()
      await question.getByRole("button", { name: "Save" }).click()
      const versions = main.getByRole("table", { name: "Versions" })
      await versions.getByText(/^Phone, Account number$/).waitFor()
      await versions.getByText("••••6667").waitFor()
      // It has another account now.
      await main.getByRole("link", { name: /^Twin of/ }).waitFor({ state: "detached" })
      await look(dashboard.page, "beneficiary")
      expect(await graveFaults(main)).toEqual([])
      await api.post(`${path}/beneficiaries/${twin.beneficiary.id}/disable`)
    })

    it("is disabled by somebody who was told what waits: what is approved is canceled, and the rest can't be approved", async () => {
      const api = await proof.api()
      const boris = await person(proof, "Boris", "approver")
      const wallet = await newWallet(api)
      const wanted = { amount: "610", currency_code: "pkr", purpose: "Commission, May" }
      const later = { ...wanted, amount: "620", send_at: "2099-01-01" }
      const [waiting, approved] = [
        await makeTransfer(api, wallet, wanted),
        await makeTransfer(api, wallet, later),
      ]
      await approveTransfer(boris.api, approved)
      const dashboard = await proof.dashboard()
      const { main, question } = dashboard
      await dashboard.open(`/payouts/beneficiaries/${wallet.id}`)
      await main.getByRole("button", { name: "Disable" }).click()
      await question.getByText(/ 1 transfer that is approved and not sent is canceled\./).waitFor()
      await question.getByText(/ 1 transfer that waits for an approval can't be approved/).waitFor()
      await look(dashboard.page, "beneficiary-disable")
      expect(await graveFaults(question)).toEqual([])
      await question.getByRole("button", { name: /^Disable/ }).click()
      await main.getByText("Nobody pays it any more.").waitFor()
      expect(await main.getByRole("button", { name: /^(?:Pay|Edit|Disable)$/ }).count()).toBe(0)
      await main.getByText(/^Disabled · /).waitFor()
      expect(await transferRows(proof.shop, [waiting.id, approved.id])).toMatchObject([
        { status: "awaiting_approval" },
        { status: "canceled", reason: "Its beneficiary was disabled" },
      ])
      const again = makeTransfer(api, wallet, { ...wanted, amount: "630" })
      await expect(again).rejects.toThrow(/answered 4\d\d: .*disabled/)

      const second = await proof.dashboard({ account: boris.account })
      await second.open(`/payouts/${waiting.id}`)
      await second.main.getByText(/^The beneficiary can't be paid now/).waitFor()
      expect(await second.main.getByRole("button", { name: /^Approve/ }).count()).toBe(0)
      expect(await second.main.getByRole("button", { name: "Reject" }).count()).toBe(1)
      const moved = await movedByReference(proof.shop)
      expect([waiting, approved].filter(({ reference }) => moved.has(reference))).toEqual([])
    })

    it("shows its account in full to a role that may reveal it, and who looked to all", async () => {
      const api = await proof.api()
      const wallet = await newWallet(api)
      const reader = ["payout_transfer:read", "payout_beneficiary:read"]
      const ana = await proof.dashboard({
        account: await api.colleague("Ana", [...reader, "payout_beneficiary:reveal"]),
      })
      await ana.open(`/payouts/beneficiaries/${wallet.id}`)
      await ana.main.getByRole("button", { name: "Show the account in full" }).click()
      expect(await ana.main.getByText(wallet.account.account_number).count()).toBe(0)
      await ana.question.getByRole("button", { name: "Show the account in full" }).click()
      await ana.main.getByText(wallet.account.account_number).waitFor()
      expect(await ana.main.getByRole("button", { name: "Edit" }).count()).toBe(0)

      const iva = await proof.dashboard({ account: await api.colleague("Iva", reader) })
      await iva.open(`/payouts/beneficiaries/${wallet.id}`)
      await iva.main.getByText(/^Looked at the account in full · Ana Horvat/).waitFor()
      const reveal = iva.main.getByRole("button", { name: "Show the account in full" })
      expect(await reveal.count()).toBe(0)
    })
  })

  it("are paused by somebody who can't resume them: nothing is sent, and all are told so until an approver resumes", async () => {
    const api = await proof.api()
    const reason = "A file looks wrong"
    const boris = await person(proof, "Boris", "approver")
    const wanted = { amount: "1777.25", currency_code: "php", purpose: "Commission, May" }
    const transfer = await makeTransfer(api, await newSeller(api), wanted)
    const ana = await proof.dashboard({ account: await api.colleague("Ana", maker) })
    await ana.open("/payouts/balances")
    await ana.main.getByLabel("Why do you pause it?").fill(reason)
    await ana.main.getByRole("button", { name: "Pause all payouts" }).click()
    await ana.question.getByRole("button", { name: "Pause all payouts" }).click()
    try {
      await ana.main.getByText(/^Only somebody who may approve transfers/).waitFor()
      await ana.main.getByText(/^Paused by Ana Horvat/).waitFor()
      await approveTransfer(boris.api, transfer)
      const owner = await proof.dashboard({ language: "hr", theme: "dark", viewport: "narrow" })
      await owner.open("/payouts")
      await owner.main.getByText(new RegExp(`Ana Horvat.*${reason}`)).waitFor()
      await owner.main.getByRole("link", { name: "Do prekidača" }).click()
      await owner.main.getByLabel("Zašto mogu dalje?").fill("Datoteka je u redu")
      await look(owner.page, "payouts-paused")
      expect(await graveFaults(owner.main)).toEqual([])
      // The job that sends has come by in the meantime.
      await sleep(betweenRunsMs)
      expect(await transferRows(proof.shop, [transfer.id])).toMatchObject([{ status: "approved" }])
      expect((await movedByReference(proof.shop)).has(transfer.reference)).toBe(false)
      await owner.main.getByRole("button", { name: "Opet šalji isplate" }).click()
      await owner.question.getByRole("button", { name: "Opet šalji isplate" }).click()
      await ana.main.getByText("Payouts are sent", { exact: true }).waitFor()
      await untilTransferIs(proof.shop, transfer.id, "succeeded")
      expect((await movedByReference(proof.shop)).get(transfer.reference)).toHaveLength(1)
    } finally {
      const { sending } = await api.get<{ sending: { is_paused: boolean } }>(`${path}/sending`)
      if (sending.is_paused) await api.post(`${path}/sending/resume`, { note: "The test is over" })
    }
  })
}

/** Sends the form of a new transfer, and says yes to the question. */
async function make(dashboard: Dashboard): Promise<void> {
  await dashboard.dialog.getByRole("button", { name: /^Make / }).click()
  await dashboard.question.getByRole("button", { name: /^Make / }).click()
}

async function transfersTo(api: AdminApi, { id }: { id: string }): Promise<Transfer[]> {
  const query = `beneficiary_id=${id}`
  return (await api.get<{ transfers: Transfer[] }>(`${path}/transfers?${query}`)).transfers
}
