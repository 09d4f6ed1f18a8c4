import type { BigNumberInput } from "@medusajs/framework/types"
import { decimal, equal, subtract, type DecimalString } from "../../gateways/shared/decimal"
import { medusaAmount } from "../../providers/base/medusa-amount"
import type { BookRow, RowKind } from "./book-row"

/** A line in the books of an order of Medusa's; what was given back is below zero. */
export type OrderTransaction = {
  id: string
  reference?: string | null
  /** The id of the capture or the refund. */
  reference_id?: string | null
  amount: BigNumberInput
}

export type OrderBooks = {
  payment_id: string
  /** Captures and refunds of the payment that surely were made. */
  made: readonly BookRow[]
  transactions: readonly OrderTransaction[]
  /** The ids of captures and refunds that Medusa still has, whatever they stand for. */
  living: ReadonlySet<string>
}

/** What has to be done for the books to say what was moved. */
export type BooksChange = {
  add: { row: BookRow; amount: DecimalString }[]
  /** Ids of transactions. */
  remove: string[]
}

/**
 * Holds an order's books against the captures and refunds of its payment. Medusa writes the two one after the
 * other, and never comes back to the second where its server dies; and with a refund it books all others that it
 * finds, at this one's amount, and keeps the line of one that fails.
 */
export function judgeOrderBooks({
  payment_id,
  made,
  transactions,
  living,
}: OrderBooks): BooksChange {
  const add: BooksChange["add"] = []
  const remove = transactions.filter((line) => isOfNoRow(line, living)).map(({ id }) => id)
  // Medusa books what it gives back of an order that it cancels by the payment, and not by its refunds.
  const isByPayment = transactions.some(
    ({ reference, reference_id }) => reference === "refund" && reference_id === payment_id
  )
  for (const row of made.filter(({ kind }) => kind === "capture" || !isByPayment)) {
    const amount = signed(row)
    const lines = transactions.filter((line) => isOf(line, row))
    const [right] = lines.filter((line) => equal(medusaAmount(line.amount), amount))
    remove.push(...lines.filter((line) => line !== right).map(({ id }) => id))
    if (!right) {
      add.push({ row, amount })
    }
  }
  return { add, remove }
}

/** As Medusa names its rows. What begins with another word is no row's, but the order's own. */
const idPrefixes: Readonly<Record<RowKind, string>> = { capture: "capt_", refund: "ref_" }

/** Refunds and captures that are named in transactions. */
export function namedRows(transactions: readonly OrderTransaction[], kind: RowKind): string[] {
  return transactions.flatMap(({ reference, reference_id }) =>
    reference === kind && reference_id?.startsWith(idPrefixes[kind]) ? [reference_id] : []
  )
}

function isOfNoRow(line: OrderTransaction, living: ReadonlySet<string>): boolean {
  const named = [...namedRows([line], "capture"), ...namedRows([line], "refund")]
  return named.some((id) => !living.has(id))
}

function isOf({ reference, reference_id }: OrderTransaction, { id, kind }: BookRow): boolean {
  return reference === kind && reference_id === id
}

function signed({ kind, amount }: BookRow): DecimalString {
  const exact = medusaAmount(amount)
  return kind === "refund" ? subtract(decimal("0"), exact) : exact
}
