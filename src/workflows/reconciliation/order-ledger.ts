import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"
import { add, decimal, type DecimalString, isZero, subtract } from "../../gateways/shared/money"
import {
  type GatewayOperation,
  unsettledStates,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { medusaAmount } from "../../providers/base/amounts"
import { isCapturedElsewhere } from "../../providers/base/possible-operations"
import type { GatewayCapabilities } from "../../providers/base/gateway"
import { leaseKeys, withPaymentsOfOrder } from "../leases"
import { type OwnPayment } from "../medusa-payments"
import {
  isBeingChanged,
  existingRows,
  orderOfPayment,
  pendingDifference,
  type OrderOfPayment,
} from "../medusa-reads"
import { addOrderTransaction, creditRefund } from "../medusa-writes"

/**
 * Brings the ledger of a payment's order up to what was moved: the lines that Medusa did not come to write, and what
 * sets those right that it wrote wrong.
 *
 * @param made its captures and refunds that surely were made, and that no server is at work on any more
 * @returns whether a line was missing: then its server died before it came to what follows the line, or goes before it
 * @throws Error while the order is being changed: the refund could not be credited
 */
export async function correctOrderLedger(
  container: MedusaContainer,
  own: OwnPayment,
  made: readonly LedgerRow[]
): Promise<boolean> {
  const order = await orderOfPayment(container, own.payment.id)
  if (!order || (await correctionsOf(container, own, order, made)).length === 0) {
    return false
  }
  const agree = async () => {
    const current = (await orderOfPayment(container, own.payment.id)) ?? order
    const corrections = await correctionsOf(container, own, current, made)
    await requireUnchanging(container, current, corrections)
    for (const correction of corrections) {
      await correct(container, own, current, correction)
    }
    return corrections.some(({ isFirst }) => isFirst)
  }
  // Whoever books the payment at this moment writes the line that is missing: one after the other.
  const payment = leaseKeys.paymentOfReference(own.order.reference)
  return await withPaymentsOfOrder(container, order.id, agree, [payment])
}

async function correctionsOf(
  container: MedusaContainer,
  { payment }: OwnPayment,
  { transactions }: OrderOfPayment,
  made: readonly LedgerRow[]
): Promise<Correction[]> {
  // After the lines were read: a row that is there by then was not lost.
  const existing = await existingRows(container, {
    refund: namedRows(transactions, "refund"),
    capture: namedRows(transactions, "capture"),
  })
  return decideCorrections({ payment_id: payment.id, made, transactions, existing })
}

async function correct(
  container: MedusaContainer,
  { order, context }: OwnPayment,
  { id: order_id, status }: OrderOfPayment,
  { kind, row, amount, isFirst }: Correction
): Promise<void> {
  const { currency_code, reference } = order
  // Whoever wrote a line about a refund was about to credit it as well.
  const isCredited = kind === "refund" && isFirst && status !== "canceled"
  const owed = isCredited ? await owedByShop(container, order_id) : undefined
  const line = { order_id, amount, currency_code, reference: kind, reference_id: row }
  await addOrderTransaction(container, line)
  if (owed !== undefined) {
    const refunded = subtract(decimal("0"), amount)
    await creditRefund(container, { order_id, row, amount: MathBN.sub(refunded, owed) })
  }
  context.log.warn(
    `${context.gateway.title}: the ledger of order ${order_id} did not say what was moved for ${reference}; a line ` +
      `of ${amount} ${currency_code.toUpperCase()} about the ${kind} ${row} was added`
  )
}

/** Medusa credits nothing while an order is being edited, returned or exchanged, and a line without its credit stays so. */
async function requireUnchanging(
  container: MedusaContainer,
  { id }: OrderOfPayment,
  corrections: readonly Correction[]
): Promise<void> {
  if (!corrections.some(({ kind, isFirst }) => kind === "refund" && isFirst)) {
    return
  }
  if (await isBeingChanged(container, id)) {
    throw new Error(
      `order ${id} is being changed: its refund is booked once the change is confirmed`
    )
  }
}

/** What the order's shopper is to get back already, in major units; zero where it is the shopper who owes. */
async function owedByShop(container: MedusaContainer, orderId: string) {
  const difference = await pendingDifference(container, orderId)
  return MathBN.lt(difference, 0) ? MathBN.mult(difference, -1) : MathBN.convert(0)
}

/** A line in the ledger of an order of Medusa's; what was given back is below zero. */
export type OrderTransaction = {
  id: string
  reference?: string | null
  /** The id of the capture or the refund. */
  reference_id?: string | null
  amount: BigNumberInput
}

export type RowKind = "capture" | "refund"

/** A capture or a refund that Medusa has; it writes one before it calls the provider. */
export type LedgerRow = {
  id: string
  kind: RowKind
  amount: BigNumberInput
}

type OrderLedger = {
  payment_id: string
  /** Captures and refunds of the payment that surely were made. */
  made: readonly LedgerRow[]
  transactions: readonly OrderTransaction[]
  /** The ids of captures and refunds that Medusa still has, whatever they stand for. */
  existing: ReadonlySet<string>
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
 * Holds an order's ledger against the captures and refunds of its payment. Medusa writes the two one after the
 * other, and never comes back to the second where its server dies; and with a refund it books all others that it
 * finds, at this one's amount, and keeps the line of one that fails.
 *
 * Nothing is taken away: Medusa keeps a summary of each version of an order, and takes a line that is deleted out of
 * that of the version it was written in alone.
 */
export function decideCorrections(ledger: OrderLedger): Correction[] {
  return [...ofMadeRows(ledger), ...ofLostRows(ledger)]
}

function ofMadeRows({ payment_id, made, transactions }: OrderLedger): Correction[] {
  // Medusa books what it gives back of an order that it cancels by the payment, and not by its refunds.
  const isByPayment = transactions.some(
    ({ reference, reference_id }) => reference === "refund" && reference_id === payment_id
  )
  return made
    .filter(({ kind }) => kind === "capture" || !isByPayment)
    .flatMap((row) => correction(row.kind, row.id, signed(row), transactions))
}

function ofLostRows({ transactions, existing }: OrderLedger): Correction[] {
  return (["capture", "refund"] as const).flatMap((kind) =>
    [...new Set(namedRows(transactions, kind))]
      .filter((id) => !existing.has(id))
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
function namedRows(transactions: readonly OrderTransaction[], kind: RowKind): string[] {
  return transactions.flatMap(({ reference, reference_id }) =>
    reference === kind && reference_id?.startsWith(idPrefixes[kind]) ? [reference_id] : []
  )
}

function signed({ kind, amount }: LedgerRow): DecimalString {
  const exact = medusaAmount(amount)
  return kind === "refund" ? subtract(zero, exact) : exact
}

/**
 * What a row of Medusa's stands for:
 * - `made`: money that was moved
 * - `under_way`: an operation whose end is not known yet
 * - `nothing`: an operation that no gateway was told to make: the server died in between
 */
export type RowBookingState = "made" | "under_way" | "nothing"

export type RowFacts = {
  row: Pick<LedgerRow, "id" | "kind">
  order: Pick<GatewayOrder, "state">
  /** Of the order, of every kind. */
  operations: readonly Pick<GatewayOperation, "kind" | "state" | "medusa_id">[]
  capture: GatewayCapabilities["capture"]
}

/** The journal writes before anything is sent: of what it does not know, no gateway was told. */
export function rowBookingState({ row, order, operations, capture }: RowFacts): RowBookingState {
  const told = operations.filter(
    ({ kind, state, medusa_id }) =>
      kind === row.kind && medusa_id === row.id && state !== "declined"
  )
  if (told.some(({ state }) => state === "done")) {
    return "made"
  }
  if (told.some(({ state }) => unsettledStates.includes(state))) {
    return "under_way"
  }
  switch (row.kind) {
    case "refund":
      return "nothing"
    case "capture":
      return capture === "automatic" || isCapturedElsewhere(order, operations) ? "made" : "nothing"
  }
}
