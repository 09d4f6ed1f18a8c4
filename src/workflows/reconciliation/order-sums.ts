import type { MedusaContainer } from "@medusajs/framework/types"
import {
  add,
  compare,
  decimal,
  type DecimalString,
  equal,
  subtract,
  tryDecimal,
} from "../../gateways/shared/money"
import { leaseKeys, withPaymentsOfOrder } from "../leases"
import { type OwnPayment } from "../medusa-payments"
import { shownSums, shownSumsAfter, type ShownSums } from "../medusa-reads"
import { type OrderSums, writeOrderSums } from "../medusa-writes"

/**
 * Sets right what Medusa shows of an order's money, where that is not the sum of the order's transactions: Medusa adds
 * to the sum that it has read, whoever has written another one since, and takes a line that fails back from the version
 * that the line was written in alone.
 *
 * @throws Error where the order changed at the same moment: the next check finds how it is then
 */
export async function correctOrderSums(
  container: MedusaContainer,
  { order, context }: OwnPayment,
  orderId: string
): Promise<void> {
  const shown = await shownSums(container, orderId)
  if (!shown || !decideSums(shown)) {
    return
  }
  const payment = leaseKeys.paymentOfReference(order.reference)
  const correct = async () => {
    const current = await shownSums(container, orderId)
    const sums = current && decideSums(current)
    if (!sums) {
      return
    }
    if (!(await writeOrderSums(container, current, sums))) {
      throw new Error(`order ${orderId} changed while its sums were set right`)
    }
    context.log.warn(
      `${context.gateway.title}: what Medusa showed of order ${orderId} was not the sum of its transactions. It ` +
        `shows ${sums.transaction_total} ${order.currency_code.toUpperCase()} as moved now; no money moved for it`
    )
  }
  await withPaymentsOfOrder(container, orderId, correct, [payment])
}

/** How many payments' orders are looked at in one run. */
const pageSize = 200

/** The payments of whose orders Medusa shows other sums, and the last one that was looked at: null where it was the last. */
export type SumsPage = { wrong: string[]; after: string | null }

/** Goes through the payments of a provider that the check of changes does not come by any more. */
export async function nextSums(
  container: MedusaContainer,
  providerId: string,
  after: string
): Promise<SumsPage> {
  const page = await shownSumsAfter(container, providerId, after, pageSize)
  const ids = new Set(page.map(({ payment_id }) => payment_id))
  const wrong = page.flatMap((row) =>
    row.seen !== null && decideSums(row) !== undefined ? row.payment_id : []
  )
  return { wrong, after: ids.size < pageSize ? null : ([...ids].at(-1) ?? null) }
}

const zero = decimal("0")

/**
 * What Medusa has to show for the transactions that an order has; undefined where it does, or where it can't be read.
 * What is pending changes by as much as the sum does, as when Medusa itself adds a transaction.
 */
export function decideSums({
  totals,
  amounts,
}: Pick<ShownSums, "totals" | "amounts">): OrderSums | undefined {
  const lines = amounts.map((amount) => decimal(amount))
  const sumOf = (of: readonly DecimalString[]) => of.reduce((sum, amount) => add(sum, amount), zero)
  const moved = sumOf(lines)
  const shown = shownAmount(totals, "transaction_total")
  const pending = shownAmount(totals, "pending_difference")
  if (shown === undefined || pending === undefined || equal(shown, moved)) {
    return undefined
  }
  const isGivenBack = (amount: DecimalString) => compare(amount, zero) < 0
  return {
    transaction_total: moved,
    paid_total: sumOf(lines.filter((amount) => !isGivenBack(amount))),
    refunded_total: subtract(zero, sumOf(lines.filter(isGivenBack))),
    pending_difference: subtract(pending, subtract(moved, shown)),
  }
}

/** Medusa keeps each amount twice, once as a number and once exactly. */
function shownAmount(totals: Record<string, unknown>, name: string): DecimalString | undefined {
  const raw = totals[`raw_${name}`]
  const exact = typeof raw === "object" && raw !== null ? Reflect.get(raw, "value") : undefined
  return tryDecimal(exact ?? totals[name])
}
