import type { BigNumberInput } from "@medusajs/framework/types"
import { add, decimal, isZero, subtract, type DecimalString } from "../../gateways/shared/money"
import { medusaAmount } from "../../providers/base/amounts"
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

/** A line to add, so that all lines about a capture or a refund together say what it moved. */
export type Correction = {
  kind: RowKind
  row: string
  amount: DecimalString
  /** There is no line about it yet: whoever made it did not come that far. */
  isFirst: boolean
}

const zero = decimal("0")

/**
 * Holds an order's books against the captures and refunds of its payment. Medusa writes the two one after the
 * other, and never comes back to the second where its server dies; and with a refund it books all others that it
 * finds, at this one's amount, and keeps the line of one that fails.
 *
 * Nothing is taken away: Medusa keeps a summary of each version of an order, and takes a line that is deleted out of
 * that of the version it was written in alone.
 */
export function judgeOrderBooks(books: OrderBooks): Correction[] {
  return [...ofMadeRows(books), ...ofLostRows(books)]
}

function ofMadeRows({ payment_id, made, transactions }: OrderBooks): Correction[] {
  // Medusa books what it gives back of an order that it cancels by the payment, and not by its refunds.
  const isByPayment = transactions.some(
    ({ reference, reference_id }) => reference === "refund" && reference_id === payment_id
  )
  return made
    .filter(({ kind }) => kind === "capture" || !isByPayment)
    .flatMap((row) => correction(row.kind, row.id, signed(row), transactions))
}

function ofLostRows({ transactions, living }: OrderBooks): Correction[] {
  return (["capture", "refund"] as const).flatMap((kind) =>
    [...new Set(namedRows(transactions, kind))]
      .filter((id) => !living.has(id))
      .flatMap((id) => correction(kind, id, zero, transactions))
  )
}

function correction(
  kind: RowKind,
  row: string,
  moved: DecimalString,
  transactions: readonly OrderTransaction[]
): Correction[] {
  const lines = transactions.filter(
    ({ reference, reference_id }) => reference === kind && reference_id === row
  )
  const booked = lines.reduce((sum, { amount }) => add(sum, medusaAmount(amount)), zero)
  const amount = subtract(moved, booked)
  return isZero(amount) ? [] : [{ kind, row, amount, isFirst: lines.length === 0 }]
}

/** As Medusa names its rows. What begins with another word is no row's, but the order's own. */
const idPrefixes: Readonly<Record<RowKind, string>> = { capture: "capt_", refund: "ref_" }

/** Refunds and captures that are named in transactions. */
export function namedRows(transactions: readonly OrderTransaction[], kind: RowKind): string[] {
  return transactions.flatMap(({ reference, reference_id }) =>
    reference === kind && reference_id?.startsWith(idPrefixes[kind]) ? [reference_id] : []
  )
}

function signed({ kind, amount }: BookRow): DecimalString {
  const exact = medusaAmount(amount)
  return kind === "refund" ? subtract(zero, exact) : exact
}
