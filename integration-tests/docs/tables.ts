import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { payoutOptions } from "../../src/modules/payout/options"
import { csvOptions, sepaOptions } from "../../src/payout-providers/bank-file/options"
import { gateways } from "../conformance/gateways"
import { capabilityTable } from "./capability-table"
import {
  blockerTable,
  callErrorTable,
  checklistTable,
  checkoutErrorTable,
  exceptionTable,
  reasonTable,
  refusalTable,
  storeCodeTable,
} from "./error-tables"
import {
  commonOptionTable,
  optionTable,
  paymentOptions,
  paymentOptionTable,
  payoutOptionTable,
  payoutProviderOptions,
} from "./option-tables"
import { personalDataTable } from "./personal-data"
import { statusTables } from "./status-tables"

/** By the page and by the name that stands in its marks: what is written between them. */
type TablesOfPage = Readonly<Record<string, () => string>>

/** Every page that has tables made from the code. */
export const tables: Readonly<Record<string, TablesOfPage>> = {
  "docs/gateways/README.md": {
    capabilities: () => capabilityTable(gateways),
    options: commonOptionTable,
  },
  "docs/payouts.md": { options: () => optionTable(payoutOptions.shape) },
  "docs/errors.md": {
    calls: callErrorTable,
    store: storeCodeTable,
    checkout: checkoutErrorTable,
    checklist: checklistTable,
    exceptions: exceptionTable,
    blockers: blockerTable,
    refusals: refusalTable,
    reasons: reasonTable,
  },
  "docs/personal-data.md": { "personal data": personalDataTable },
  "docs/bank-files.md": {
    "sepa options": () => optionTable(sepaOptions.shape),
    "csv options": () => optionTable(csvOptions.shape),
  },
  ...Object.fromEntries(
    Object.keys(paymentOptions).map((gateway) => [
      `docs/gateways/${gateway}.md`,
      {
        options: () => paymentOptionTable(gateway),
        ...(Object.hasOwn(payoutProviderOptions, gateway)
          ? { "payout options": () => payoutOptionTable(gateway) }
          : {}),
        statuses: () => statusTables(gateway),
      },
    ])
  ),
}

/** A page as it stands, and as the code would have it. */
export function readPage(path: string): { text: string; written: string } {
  const text = readFileSync(fileOf(path), "utf8")
  return { text, written: withTables(text, path) }
}

/** Writes all tables into their pages. */
export function writeTables(): void {
  for (const path of Object.keys(tables)) {
    writeFileSync(fileOf(path), readPage(path).written)
  }
}

function fileOf(path: string): string {
  return join(__dirname, "../..", path)
}

/** @throws Error where the page has lost the marks between which one of its tables stands */
function withTables(text: string, path: string): string {
  return Object.entries(tables[path] ?? {}).reduce((page, [name, table]) => {
    const begin = `<!-- ${name}: written by npm run docs:tables -->`
    const from = page.indexOf(begin)
    const to = page.indexOf(end, from)
    if (from < 0 || to < 0) {
      throw new Error(`${path} has no place for its table: put ${begin} and ${end} there`)
    }
    return `${page.slice(0, from + begin.length)}\n\n${table()}\n\n${page.slice(to)}`
  }, text)
}

const end = "<!-- end -->"
