import type { BigNumberInput } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

export type Data = Record<string, unknown>
export type Lookup = { id: string | string[] }

export function chosen<Row extends { id: string }>(table: readonly Row[], { id }: Lookup): Row[] {
  return table.filter((row) => [id].flat().includes(row.id))
}

export function amounts(amount: BigNumberInput) {
  const exact = MathBN.convert(amount)
  return { amount: exact.toNumber(), raw_amount: { value: exact.toFixed(), precision: 20 } }
}

export function person({ id }: { id: string }) {
  return { id, email: "", first_name: null, last_name: null, company_name: null, phone: null }
}

/** As Medusa merges into a JSON column: keys never vanish, null clears. */
export function merged(old: Data, change: Data): Data {
  const result = { ...old }
  for (const [key, value] of Object.entries(asJson(change))) {
    const before = result[key]
    result[key] = isData(before) && isData(value) ? merged(before, value) : value
  }
  return result
}

export function asJson(data: Data): Data {
  return JSON.parse(JSON.stringify(data))
}

function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
