import { readFileSync } from "node:fs"
import type { Locator } from "playwright-core"
import { decimal } from "../../src/gateways/shared/money"
import { summed, sumsOfExport } from "../http/support/payout-sums"
import { tell } from "../http/support/tell"
import { graveFaults } from "./support/axe"
import type { Dashboard } from "./support/dashboard"
import { choose, drop } from "./support/give-file"
import { look, sidewaysScroll } from "./support/look"
import {
  armFaults,
  faultsLeft,
  LINES,
  movedByReference,
  payoutFile,
  untilEnded,
} from "./support/payout-file"
import type { Proof } from "./support/proof"

const makes = ["payout_transfer:read", "payout_transfer:create", "payout_transfer:update"]
const approves = ["payout_transfer:read", "payout_transfer:approve"]

/** A minute and a half on two idle cores; in milliseconds. */
const patience = 420_000

/** A file of payouts as a finance team signs for it, from its faults to the gateways' ledgers. */
export function payoutFiles(proof: Proof): void {
  it(
    "a file of 1,000 payouts with faults is dropped, mended, imported by one person, approved by another with one click, and sent through faults to the cent",
    async () => {
      const api = await proof.api()
      const file = await payoutFile(api)
      const [maker, approver] = [
        await api.colleague("Mia", makes),
        await api.colleague("Ana", approves),
      ]
      const mia = await proof.dashboard({ account: maker })
      const importId = await dropMendAndImport(mia, file)

      const ana = await proof.dashboard({ account: approver })
      await ana.open("/payouts/approvals")
      await ana.main.getByRole("link", { name: file.name }).click()
      const approve = ana.main.getByRole("button", { name: /^Approve 1,000 transfers: / })
      await approve.waitFor()
      await ana.settled()
      await look(ana.page, "payout-batch-waiting")
      expect(await graveFaults(ana.main)).toEqual([])
      expect(await sidewaysScroll(ana.page)).toBe(0)
      await armFaults(proof.shop)
      await approve.click()
      await ana.question.getByRole("button", { name: /^Approve 1,000 transfers: / }).click()
      await ana.toast.getByText(/^1,000 transfers of .* approved$/).waitFor()

      const ended = await untilEnded(proof.shop, importId)
      expect(await faultsLeft(proof.shop)).toBe(0)
      expect(ended).toHaveLength(LINES)
      const paid = ended.filter(({ status }) => status === "succeeded")
      const left = ended.filter(({ status }) => status !== "succeeded")
      tell(`payout file in the browser: ${paid.length} paid, ${left.length} for a person`)
      expect([...new Set(left.map(({ status }) => status))]).toEqual(["manual_review"])
      expect(left.length).toBeLessThan(LINES / 20)
      // What the gateways moved is what is called paid, once each and to the cent; nothing of the others.
      const moved = await movedByReference(proof.shop)
      for (const { reference, amount, currency } of paid) {
        expect(moved.get(reference)).toEqual([
          { amount: expect.anything(), currency: currency.toUpperCase() },
        ])
        expect(decimal(moved.get(reference)?.[0]?.amount ?? "")).toBe(decimal(amount))
      }
      expect(left.filter(({ reference }) => moved.has(reference))).toEqual([])

      await ana.page.reload()
      await ana.main.getByText("1,000 of 1,000 have ended").waitFor()
      await look(ana.page, "payout-batch-sent")
      const exported = await saved(ana, ana.main.getByRole("button", { name: "Export" }))
      expect(sumsOfExport(onlyPaid(exported))).toEqual(
        summed(paid.map(({ currency, amount }) => [currency, amount]))
      )
      expect(sumsOfExport(exported)).toEqual(file.sums)
    },
    patience
  )
}

/** @returns the import's id */
async function dropMendAndImport(
  mia: Dashboard,
  { name, faulty, faults, mended }: Awaited<ReturnType<typeof payoutFile>>
): Promise<string> {
  const { page, main } = mia
  await mia.open("/payouts/imports")
  const zone = main.getByRole("button", { name: /^Drop a file here/ })
  await drop(zone, name, faulty)
  await main
    .getByText(`${LINES - faults} lines are good · ${faults} lines have to be mended`)
    .waitFor()
  const importing = main.getByRole("button", { name: /^Import \d+ transfers$/ })
  expect(await importing.isDisabled()).toBe(true)
  const problems = main.getByRole("region", { name: "To be mended" })
  await problems.getByRole("cell", { name: "2", exact: true }).waitFor()
  await look(page, "payout-file-faulty")
  expect(await graveFaults(main)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)

  const again = main.getByRole("button", { name: /^Drop the mended file here/ })
  await choose(mia, again, name, mended)
  await main.getByText("1,000 lines are good · 0 lines have to be mended").waitFor()
  const good = main.getByRole("button", { name: "Import 1,000 transfers" })
  await mia.tabTo(good)
  await page.keyboard.press("Enter")
  await mia.question.getByText(/^They add up to /).waitFor()
  await mia.question.getByRole("button", { name: "Import 1,000 transfers" }).click()
  await page.waitForURL(/payouts\/imports\/poimp_/)
  await main.getByText("What became of them").waitFor()
  await look(page, "payout-file-imported")
  return page.url().split("/").at(-1) ?? ""
}

/** What the browser saves after a click. */
async function saved({ page }: Dashboard, button: Locator): Promise<string> {
  const download = page.waitForEvent("download")
  await button.click()
  return readFileSync(await (await download).path(), "utf8")
}

function onlyPaid(csv: string): string {
  const [heading = "", ...rows] = csv.trim().split(/\r?\n/)
  return [heading, ...rows.filter((row) => row.includes(",succeeded,"))].join("\n")
}
