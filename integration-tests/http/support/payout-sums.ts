import { add, decimal, type DecimalString } from "../../../src/gateways/shared/money"

/** What payouts add up to, exactly, by lower-case currency. */
export type Sums = Record<string, DecimalString>

export function summed(amounts: readonly (readonly [currency: string, amount: string])[]): Sums {
  const sums: Sums = {}
  for (const [currency, amount] of amounts) {
    const key = currency.toLowerCase()
    sums[key] = add(sums[key] ?? decimal("0"), decimal(amount))
  }
  return sums
}

/** What the lines of an export of transfers add up to. */
export function sumsOfExport(csv: string): Sums {
  const [heading = "", ...rows] = csv
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/)
  const names = heading.split(",")
  const cell = (row: string, name: string) => {
    // A purpose is the one quoted cell with a comma in it.
    const cells = row.replace(/"[^"]*"/g, "quoted").split(",")
    return cells[names.indexOf(name)] ?? ""
  }
  return summed(rows.map((row) => [cell(row, "currency_code"), cell(row, "amount")]))
}
