import { thousandths } from "./amount"
import type { Product } from "./product"

/** What initPayment was told, as it was sent. */
export interface InitParameters {
  readonly pid: string
  readonly mcc?: string
  readonly mnc?: string
  readonly country?: string
  readonly userId?: string
  readonly clientIp?: string
  readonly phone?: string
  readonly lang?: string
  readonly referenceId?: string
  readonly callbackUrl?: string
  readonly notifyUrl?: string
  readonly imageUrl?: string
}

/** One SMS that the operator charged, or could not charge. */
export interface Transaction {
  readonly transactionId: string
  readonly series: number
  /** A decimal in major units. */
  readonly amount: string
  /** Upper case. */
  readonly currency: string
  readonly outcome: "charged" | "failed"
  /** Epoch, milliseconds. */
  readonly at: number
}

/** A call of initPayment and the payment session it created. */
export interface MocopayPayment {
  readonly requestId: string
  readonly sessionId: string
  /** The unguessable part of the payment page's address. */
  readonly linkHash: string
  /** Epoch, milliseconds; from then on the page does not open. */
  readonly linkEndsAt: number
  readonly parameters: InitParameters
  readonly product: Product
  readonly status: string
  /** Whether the shopper or the operator has done anything with it. */
  readonly isTouched: boolean
  /** Whether the shopper owes nothing more; a subscription's further series do not change it. */
  readonly isPaid: boolean
  /** How often charging was tried; a one-time payment stays in its first. */
  readonly series: number
  readonly initAt: number
  readonly authorizedAt: number | null
  readonly transactions: readonly Transaction[]
}

export interface Money {
  readonly amount: string
  readonly currency: string
}

/** The merchant's own name for it, or ours where the merchant gave none. */
export function referenceOf({ parameters, requestId }: MocopayPayment): string {
  return parameters.referenceId ?? requestId
}

/** In thousandths. */
export function sum(transactions: readonly Transaction[], outcome: Transaction["outcome"]): bigint {
  return transactions
    .filter((transaction) => transaction.outcome === outcome)
    .reduce((total, { amount }) => total + thousandths(amount), 0n)
}
