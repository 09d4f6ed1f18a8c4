import { payerFields } from "../../src/providers/base/storefront-input"
import type { GatewayData } from "../../src/testing/conformance/gateway-data"
import { gatewayName } from "../../src/testing/conformance/support/suite"
import { markdownTable } from "./markdown-table"

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
  return markdownTable(
    columns.map(({ title }) => title),
    gateways.map((gateway) => columns.map(({ cell }) => cell(gateway)))
  )
}

function needs(rules: GatewayData["capabilities"]["payer"]): string[] {
  return payerFields(rules).filter((field) => rules[field]?.required)
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no"
}
