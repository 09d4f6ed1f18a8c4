import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "zod"
import { systemActor } from "../../shared/audit-line"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import { Cursor, type CursorList } from "../../modules/payment-journal/repositories/cursors"
import { leaseMs } from "../../shared/held-claim"
import type { MissingBookingKind } from "../../modules/payment-journal/repositories/exceptions"
import { medusaAmount } from "../../providers/base/amounts"
import type { GatewayContext } from "../../providers/base/context"
import { operationNouns } from "../../providers/base/run-operation"
import { errorMessage } from "../../shared/errors"
import { listException, announceException, exceptionsOf } from "../exceptions/announce-exception"
import { readBookingState } from "../exceptions/booking-state"
import { type DatedMoneyRow, type OwnPayment, ownPaymentById } from "../medusa-payments"
import { existingRows, orderOfPayment } from "../medusa-reads"
import { recountPayment, takeBackRow } from "../medusa-writes"
import { changedPayments } from "./changed-payments"
import { dayMs } from "./check-schedule"
import {
  correctOrderLedger,
  type LedgerRow,
  type RowKind,
  type RowBookingState,
  rowBookingState,
} from "./order-ledger"
import { correctOrderSums, nextSums, type SumsPage } from "./order-sums"
import type { RunCounter } from "./reconcile-payments"

/**
 * Compares what changed in Medusa's ledger with the journal, `atWorkMs` after the change, and corrects the ledger: a
 * server can die between writing two rows that belong together. One instance at a time reads, and continues where the
 * last one stopped. A payment that can't be corrected is tried again by each run, and does not hold up the others.
 */
export async function checkLedger(
  container: MedusaContainer,
  context: GatewayContext,
  providerId: string,
  counter: Pick<RunCounter, "addFault">
): Promise<void> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const cursor = new Cursor(database, ledger)
  const began = Date.now()
  const end = new Date(began - atWorkMs)
  const tell = (fault: string) => {
    counter.addFault(`${providerId}: ${fault}`)
    context.log.error(`${context.gateway.title}: the ledger of ${fault}`)
  }
  const start: LedgerPlace = { readUntil: new Date(began - firstReadingMs), again: [] }
  let place = await cursor.claim(providerId, start)
  const release = cursor.keep(providerId, () => place)
  try {
    const earlier = await earlierSums(container, providerId, place)
    let again = place
      ? await checkAll(container, [...place.again, ...earlier.wrong], end, tell)
      : []
    while (place) {
      const { until: readUntil, changed } = await nextWindow(container, providerId, place, end)
      again = [...again, ...(await checkAll(container, changed, readUntil, tell))]
      const next: LedgerPlace = {
        readUntil,
        again: [...new Set(again)].slice(-mostAgain),
        sumsAfter: earlier.after,
      }
      const isOver = readUntil >= end || Date.now() - began > patienceMs
      const moved = await cursor.moveOn(providerId, place, next, inMs(isOver ? everyMs : leaseMs))
      place = moved && !isOver ? next : undefined
    }
  } finally {
    release()
  }
}

/**
 * Brings Medusa's ledger of a payment up to what its gateway moved, as far as that can be done without a person, and
 * lists the rest. Nothing is sent to the gateway. Safe to run at any time and any number of times.
 *
 * @param before rows created later are left alone: another server may still be at work on them
 * @throws Error while the order of the payment is being changed
 */
export async function checkPaymentLedger(
  container: MedusaContainer,
  paymentId: string,
  before: Date
): Promise<void> {
  const own = await ownPaymentById(container, paymentId)
  if (!own) {
    return
  }
  await listMissingBookings(container, own)
  const made: LedgerRow[] = []
  for (const { row, bookingState } of await bookingStatesOf(own, before)) {
    switch (bookingState) {
      case "made":
        made.push(row)
        break
      case "under_way":
        break // settled by the reconciliation of its operation
      case "nothing":
        await deleteUnsentRow(container, own, row)
    }
  }
  const { bookingState } = await readBookingState(container, own.context, own.order)
  // Of a cart that was paid twice, the order belongs to the other payment: a person decides about this one's money.
  if (bookingState === "booked" || bookingState === "uncaptured") {
    if (await correctOrderLedger(container, own, made)) {
      await recountPayment(container, own.payment, made)
    }
  }
  const shopOrder = await orderOfPayment(container, paymentId)
  if (shopOrder) {
    await correctOrderSums(container, own, shopOrder.id)
  }
}

/**
 * Lists the captures and refunds that the gateway made and that Medusa has lost its row for, and settles those
 * that it has by now: repeating the operation in the dashboard takes over the one that was made.
 */
export async function listMissingBookings(
  container: MedusaContainer,
  own: OwnPayment
): Promise<void> {
  const operations = (await own.context.journal.operationsOfOrder(own.order.reference)).flatMap(
    asMadeOperation
  )
  const idsOf = (wanted: MadeOperation["kind"]) =>
    operations.flatMap(({ kind, row }) => (kind === wanted ? [row] : []))
  // After the journal was read: Medusa writes its row before the journal hears of the operation.
  const existing = await existingRows(container, {
    refund: idsOf("refund"),
    capture: idsOf("capture"),
  })
  for (const { row, kind, operation } of operations) {
    if (existing.has(row)) {
      await closeMissingBooking(container, operation)
    } else {
      await listMissingBooking(container, own, { ...operation, kind })
    }
  }
}

const minute = 60_000

/** Longer than a gateway's call takes with all its repeats: no server is at work on an older row. */
export const atWorkMs = 15 * minute

/** The time between two checks of a provider's ledger. No money waits for the check. */
const everyMs = 5 * minute

/** How far back the first check of a provider reads. */
const firstReadingMs = dayMs

/** The most captures, and refunds, of one window, after which the cursor is saved. A window of a minute can have more. */
const mostAtOnce = 200

/** How long one run reads before the next run continues, so that refunds of unknown outcome do not wait for it. */
const patienceMs = 30_000

/** The most payments that are kept to be tried again. The log names each payment that failed. */
const mostAgain = 200

type LedgerPlace = {
  /** Up to when the ledger was read. */
  readUntil: Date
  /** The ids of the payments that could not be corrected and are tried again. */
  again: string[]
  /**
   * The last payment, of all that there are, of whose order the sums were looked at; null once all were. Only changes
   * are after that: an earlier version of this package left wrong sums, which no change leads to.
   */
  sumsAfter?: string | null
}

const ledger: CursorList<LedgerPlace> = {
  name: "ledger",
  place: z.object({
    readUntil: z.coerce.date(),
    again: z.array(z.string()),
    sumsAfter: z.string().nullish(),
  }),
}

async function earlierSums(
  container: MedusaContainer,
  providerId: string,
  place: LedgerPlace | undefined
): Promise<SumsPage> {
  return place === undefined || place.sumsAfter === null
    ? { wrong: [], after: null }
    : await nextSums(container, providerId, place.sumsAfter ?? "")
}

/** The next window, with at most so many changes in it where it is longer than a minute. */
async function nextWindow(
  container: MedusaContainer,
  providerId: string,
  { readUntil: from }: LedgerPlace,
  end: Date
): Promise<{ until: Date; changed: string[] }> {
  let until = new Date(Math.max(+from, +end))
  for (;;) {
    const length = +until - +from
    const most = length <= minute ? Infinity : mostAtOnce
    const changed = await changedPayments(container, providerId, { from, until }, most)
    if (changed) {
      return { until, changed }
    }
    until = new Date(+from + length / 2)
  }
}

/** @returns those that could not be brought to agree; each leaves the others alone */
async function checkAll(
  container: MedusaContainer,
  paymentIds: readonly string[],
  before: Date,
  tell: (fault: string) => void
): Promise<string[]> {
  const failed: string[] = []
  for (const id of paymentIds) {
    try {
      await checkPaymentLedger(container, id, before)
    } catch (error) {
      failed.push(id)
      tell(`${id} could not be brought to agree: ${errorMessage(error)}`)
    }
  }
  return failed
}

function inMs(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds)
}

async function bookingStatesOf(
  own: OwnPayment,
  before: Date
): Promise<{ row: LedgerRow; bookingState: RowBookingState }[]> {
  const { order, context } = own
  const { capture } = context.gateway.capabilities
  const operations = await context.journal.operationsOfOrder(order.reference)
  return rowsBefore(own, before).map((row) => ({
    row,
    bookingState: rowBookingState({ row, order, operations, capture }),
  }))
}

function rowsBefore({ payment }: OwnPayment, before: Date): LedgerRow[] {
  const rowsOf = (kind: LedgerRow["kind"], rows: (DatedMoneyRow | null)[] | null | undefined) =>
    (rows ?? []).flatMap((row) =>
      row && new Date(row.created_at) < before
        ? { id: row.id, kind, amount: row.raw_amount ?? row.amount }
        : []
    )
  return [...rowsOf("capture", payment.captures), ...rowsOf("refund", payment.refunds)]
}

/**
 * Deletes a refund or a capture of Medusa's that no gateway was told of: its server died before the journal was
 * written, or before Medusa deleted what the gateway had refused; or another row took its operation over.
 */
async function deleteUnsentRow(
  container: MedusaContainer,
  { order, context }: OwnPayment,
  { id, kind, amount }: LedgerRow
): Promise<void> {
  if (await takeBackRow(container, { kind, medusa_id: id })) {
    context.log.warn(
      `${context.gateway.title}: Medusa's row ${id} for a ${operationNouns[kind]} of ${medusaAmount(amount)} ` +
        `${order.currency_code.toUpperCase()} of ${order.reference} stood for nothing that the gateway was told of, ` +
        `because its server ended. It was taken back; no money moved for it`
    )
  }
}

type MadeOperation = { kind: RowKind; row: string; operation: GatewayOperation }

/** Empty unless it was made for a row of Medusa's: a refund of a payment exception, or made elsewhere, has none. */
function asMadeOperation(operation: GatewayOperation): MadeOperation[] {
  const { kind, state, medusa_id } = operation
  const isMade = (kind === "capture" || kind === "refund") && state === "done"
  return isMade && medusa_id !== null ? [{ kind, row: medusa_id, operation }] : []
}

async function closeMissingBooking(
  container: MedusaContainer,
  { reference }: GatewayOperation
): Promise<void> {
  const exceptions = exceptionsOf(container)
  const line = {
    actor: systemActor,
    action: "closed",
    note: "Medusa's ledger has it by now",
  }
  for (const { id } of await exceptions.openOf(reference)) {
    await exceptions.settle(id, { state: "closed" }, line)
  }
}

async function listMissingBooking(
  container: MedusaContainer,
  { payment, order, context }: OwnPayment,
  operation: GatewayOperation & { kind: RowKind }
): Promise<void> {
  const shopOrder = await orderOfPayment(container, payment.id)
  if (operation.kind === "refund" && (!shopOrder || shopOrder.status === "canceled")) {
    return // listed as `refund_due`, by the journal, which has the refund
  }
  const { reference, gateway_id, amount, currency_code } = operation
  const { payment: found, isNew } = await listException(container, order, {
    kind: kinds[operation.kind],
    reference,
    gateway_id,
    amount,
    currency_code,
    received_amount: amount,
    expected_amount: amount,
    expected_currency_code: currency_code,
    order_id: shopOrder?.id ?? null,
    payment_id: payment.id,
  })
  if (isNew) {
    await announceException(container, context, found)
  }
}

const kinds: Readonly<Record<RowKind, MissingBookingKind>> = {
  refund: "refund_not_booked",
  capture: "capture_not_booked",
}
