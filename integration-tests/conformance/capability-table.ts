import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { payerFields } from "../../src/providers/base/storefront-input"
import type { GatewayData } from "./gateway-data"
import { gatewayName } from "./support/suite"

type Column = { readonly title: string; readonly cell: (gateway: GatewayData) => string }

const captures = {
  automatic: "paid in one step",
  full: "in full, later",
  single_partial: "in full or a part, once, later",
  multiple_partial: "in parts, later",
} as const

const refunds = {
  none: "no",
  full: "in full",
  single_partial: "in full or a part, once",
  multiple_partial: "in full or in parts",
} as const

const webhooks = { signed: "signed", unsigned: "unsigned", none: "no: asked" } as const

const columns: readonly Column[] = [
  { title: "Gateway", cell: gatewayName },
  {
    title: "Currencies (decimal places)",
    cell: ({ currencies }) =>
      Object.entries(currencies)
        .map(([currency, decimals]) => `${currency.toUpperCase()} (${decimals})`)
        .join(", "),
  },
  { title: "The shopper", cell: ({ nextActions }) => nextActions.join(", ") },
  { title: "Capture", cell: ({ capabilities }) => captures[capabilities.capture] },
  { title: "Refund", cell: ({ capabilities }) => refunds[capabilities.refund] },
  { title: "Cancel", cell: ({ capabilities }) => yesNo(capabilities.voids) },
  { title: "Links to send", cell: ({ capabilities }) => yesNo(capabilities.links) },
  { title: "Webhooks", cell: ({ capabilities }) => webhooks[capabilities.webhooks] },
  { title: "In parts", cell: ({ capabilities }) => yesNo(capabilities.receivesInParts) },
  {
    title: "Needs of the payer",
    cell: ({ capabilities }) => needs(capabilities.payer).join(", ") || "nothing",
  },
]

/** What each gateway can do, as a Markdown table: a row for each gateway. */
export function capabilityTable(gateways: readonly GatewayData[]): string {
  const rows = gateways.map((gateway) => columns.map(({ cell }) => cell(gateway)))
  const titles = columns.map(({ title }) => title)
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0))
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`
  const rule = widths.map((width) => "-".repeat(width))
  return [line(titles), line(rule), ...rows.map(line)].join("\n")
}

function needs(rules: GatewayData["capabilities"]["payer"]): string[] {
  return payerFields(rules).filter((field) => rules[field]?.required)
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no"
}

export const readmeFile = join(__dirname, "../../docs/gateways/README.md")

const marks = /(<!-- capabilities: written by npm run capabilities -->\n\n)[^]*?(\n\n<!-- end -->)/

/**
 * The page of the gateways with the table of capabilities as the gateways' data have it.
 *
 * @throws Error when the page has lost the marks between which it stands
 */
export function withCapabilities(readme: string, gateways: readonly GatewayData[]): string {
  if (!marks.test(readme)) {
    throw new Error("docs/gateways/README.md has no marks around its table of capabilities")
  }
  return readme.replace(
    marks,
    (_, before: string, after: string) => before + capabilityTable(gateways) + after
  )
}

export function writeReadme(gateways: readonly GatewayData[]): void {
  writeFileSync(readmeFile, withCapabilities(readFileSync(readmeFile, "utf8"), gateways))
}
