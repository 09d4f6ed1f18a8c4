import { join } from "node:path"
import {
  createModuleDatabase,
  type ModuleDatabase,
} from "../../../shared/__tests__/module-database"
import type { ExistingRows, OperationIntent, OperationStart } from "../gateway-operation"
import type { NewGatewayOrder, NewReceivedMoney } from "../gateway-order"
import { PAYMENT_JOURNAL_MODULE } from "../module-name"
import { orderReference } from "../references"
import type { NewPaymentException } from "../repositories/exceptions"
import type { PaymentJournal } from "../repositories/journal"

export type JournalDatabase = ModuleDatabase

export async function createJournalDatabase(): Promise<JournalDatabase> {
  return await createModuleDatabase({
    key: PAYMENT_JOURNAL_MODULE,
    resolve: join(__dirname, ".."),
  })
}

/** A journal to hold to the contract. Tests share it: each makes a payment session of its own. */
export type JournalUnderTest = {
  journal: PaymentJournal
  /** The same rows through another server of the shop. */
  elsewhere: PaymentJournal
  clock: ManualClock
  linkCart(paymentCollectionId: string, cartId: string): Promise<void>
  /** The order's money is on the list of payment exceptions from now on. */
  listException(reference: string): Promise<void>
}

export class ManualClock {
  #time = Date.parse("2030-01-01T00:00:00Z")

  readonly now = () => new Date(this.#time)

  advance(milliseconds: number): void {
    this.#time += milliseconds
  }
}

let sessions = 0

export function newSessionId(): string {
  sessions += 1
  return `payses_01JQ${String(sessions).padStart(22, "0")}`
}

export function newOrder(change: Partial<NewGatewayOrder> & { attempt?: number } = {}) {
  const { attempt = 0, session_id = newSessionId(), ...rest } = change
  return {
    reference: orderReference(session_id, attempt),
    provider_id: "pp_acme_acme",
    session_id,
    payment_collection_id: null,
    customer_id: null,
    requested_amount: "111.9888",
    amount: "111.99",
    currency_code: "php",
    ...rest,
  } satisfies NewGatewayOrder
}

/** An order that is in the journal, by its reference. */
export async function openedOrder(
  journal: PaymentJournal,
  change: Parameters<typeof newOrder>[0] = {}
): Promise<string> {
  const { order } = await journal.openOrder(newOrder(change))
  return order.reference
}

export function refundOf(
  order_reference: string,
  change: Partial<OperationIntent> = {}
): OperationIntent {
  return {
    order_reference,
    kind: "refund",
    amount: "10.00",
    currency_code: "php",
    medusa_id: "ref_1",
    lease_ms: 60_000,
    limit: null,
    ...change,
  }
}

export function newMoney(order_reference: string, change: Partial<NewReceivedMoney> = {}) {
  return {
    provider_id: "pp_acme_acme",
    gateway_id: `G${order_reference}`,
    order_reference,
    amount: "111.99",
    currency_code: "php",
    ...change,
  } satisfies NewReceivedMoney
}

export function newException(reference: string, change: Partial<NewPaymentException> = {}) {
  return {
    provider_id: "pp_acme_acme",
    reference,
    gateway_id: "G1",
    kind: "session_gone",
    amount: "111.99",
    currency_code: "php",
    received_amount: "111.99",
    expected_amount: "111.99",
    expected_currency_code: "php",
    cart_id: "cart_1",
    customer_id: null,
    session_id: "payses_1",
    order_id: null,
    payment_id: null,
    ...change,
  } satisfies NewPaymentException
}

/** Medusa still has all of its rows. */
export const allExist: ExistingRows = async (ids) => ids

/** Medusa has lost all of its rows. */
export const noneLive: ExistingRows = async () => []

/** Medusa must not be asked. */
export const neverAsked: ExistingRows = async (ids) => {
  throw new Error(`Medusa was asked about ${ids.join(", ")}`)
}

/** Amounts that a binary float would change, and texts that a number would shorten. */
export const delicateAmounts = [
  "1234567.89",
  "111.9888",
  "0.1",
  "100.00",
  "12345678901234567890",
  "99999999999999999.999",
  "12345678901234567890.12345678901234567890",
]

export const notAmounts = ["NaN", "Infinity", "", "1,5", " 1", "0x10"]

export function times<Result>(count: number, make: (index: number) => Result): Result[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

async function settledRefund({ journal }: JournalUnderTest, state: "done" | "unknown") {
  const order = await openedOrder(journal)
  const start = await journal.beginOperation(refundOf(order), neverAsked)
  const { reference } = expectOperation(start).operation
  await journal.settleOperation(reference, { state })
  return { order, reference }
}

export const unknownRefund = (subject: JournalUnderTest) => settledRefund(subject, "unknown")
export const doneRefund = (subject: JournalUnderTest) => settledRefund(subject, "done")

export function expectOperation(start: OperationStart) {
  if (start.type === "over_limit") {
    throw new Error("There is no operation: the amount is over the limit")
  }
  return start
}

export function countTypes(
  starts: OperationStart[]
): Partial<Record<OperationStart["type"], number>> {
  const counts: Partial<Record<OperationStart["type"], number>> = {}
  for (const { type } of starts) {
    counts[type] = (counts[type] ?? 0) + 1
  }
  return counts
}
