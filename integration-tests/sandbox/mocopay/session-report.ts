import { wireNumber } from "./amount"
import { sum, type MocopayPayment, type Transaction } from "./payment"
import { shopperOf } from "./shopper-phone"

export interface SessionReport {
  readonly sessionId: string
  readonly serviceCode: string
  readonly pid: string
  readonly type: "onetime" | "subscription"
  readonly endUser: {
    readonly userId?: string
    readonly phone: string
    readonly mcc: string
    readonly mnc: string
  }
  readonly lang: string
  readonly series: number
  readonly status: string
  readonly chargedAmount: number
  readonly failedAmount: number
  readonly lastChargedAmount: number
  readonly lastFailedAmount: number
  readonly totalChargedAmount: number
  readonly totalFailedAmount: number
  readonly currencyCode: string
  readonly recurrent: boolean
  readonly expiresIn: number
  readonly timeInit: string
  readonly timeAuthorized?: string
  /** Spelled so on the wire. */
  readonly timeLastSuccessfullPayment?: string
  readonly transactions: readonly string[]
}

/** MoCoPay, the vendor's example of verifyPayment. */
export const SERVICE_CODE = "PS-000-002"

/** MoCoPay, verifyPayment, "Response". The reply has no `referenceId`. */
export function sessionReport(
  payment: MocopayPayment,
  options: { readonly now: number; readonly chargedAmount: "of-series" | "zero" }
): SessionReport {
  const { product, transactions, series, parameters } = payment
  const last = transactions.at(-1)
  const lastCharged = transactions.filter(({ outcome }) => outcome === "charged").at(-1)
  return {
    sessionId: payment.sessionId,
    serviceCode: SERVICE_CODE,
    pid: product.pid,
    type: product.type,
    endUser: { ...(parameters.userId && { userId: parameters.userId }), ...shopperOf(parameters) },
    lang: parameters.lang ?? "en",
    series,
    status: payment.status,
    chargedAmount: options.chargedAmount === "zero" ? 0 : chargedInSeries(payment),
    failedAmount: total(ofSeries(transactions, series), "failed"),
    // Assumption: of the last try, so that only one of the two is not 0.
    lastChargedAmount: last ? total([last], "charged") : 0,
    lastFailedAmount: last ? total([last], "failed") : 0,
    totalChargedAmount: total(transactions, "charged"),
    totalFailedAmount: total(transactions, "failed"),
    currencyCode: lastCharged?.currency ?? product.currency,
    recurrent: product.type === "subscription",
    // Assumption: seconds until the payment page closes; the vendor's example is long past its own.
    expiresIn: Math.floor((payment.linkEndsAt - options.now) / 1000),
    timeInit: zonelessTime(payment.initAt),
    ...(payment.authorizedAt && { timeAuthorized: zonelessTime(payment.authorizedAt) }),
    ...(lastCharged && { timeLastSuccessfullPayment: zonelessTime(lastCharged.at) }),
    transactions: transactions.map(({ transactionId }) => transactionId),
  }
}

/** MoCoPay, Payment notifications: "Charged amount of payment series in progress". */
export function chargedInSeries({ transactions, series }: MocopayPayment): number {
  return total(ofSeries(transactions, series), "charged")
}

function ofSeries(transactions: readonly Transaction[], series: number): Transaction[] {
  return transactions.filter((transaction) => transaction.series === series)
}

function total(transactions: readonly Transaction[], outcome: Transaction["outcome"]): number {
  return wireNumber(sum(transactions, outcome))
}

/** `"2014-04-02 14:34:53"`. Assumption: UTC; the vendor's times have no zone. */
function zonelessTime(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace("T", " ")
}
