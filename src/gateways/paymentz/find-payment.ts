import { GatewayError } from "../shared/errors"
import type { PaymentzClient } from "./client"
import { inquire } from "./payments"
import type { InquiryPath, PaymentzPaymentType } from "./messages"
import type { PaymentzPayment } from "./payments"
import { paymentzErrors } from "./errors"
import { transactionStage, type TransactionStage } from "./statuses"

export type WantedPayment = {
  /** Ours, which stands for this one order. */
  reference: string
  /** Numbers that messages named for it, the likeliest first; asked about, never believed. */
  paymentIds: readonly string[]
  /** The one of them that the gateway itself has named for it. */
  provenId?: string
  /** Undefined where nobody but a browser has told the gateway. */
  paymentType: PaymentzPaymentType | undefined
  inquiryPath: InquiryPath
}

/** So many numbers are asked about: whoever knows a reference can name as many as they like. */
const mostNumbers = 4

/** What can still turn into money elsewhere: a shopper who failed may have tried again under a new number. */
const isOpenEnded: Readonly<Record<TransactionStage, boolean>> = {
  open: true,
  failed: true,
  canceled: true,
  capture_failed: true,
  moving: false,
  reserved: false,
  captured: false,
  approved: false,
  reversed: false,
  charged_back: false,
}

/** Of several tries none of which holds money, the one that tells most: that something is still going on. */
const weight: Readonly<Partial<Record<TransactionStage, number>>> = { open: 1 }

/**
 * The payment of an order of ours: the try that holds money, else one that is still open, else any. One
 * reference can have several payments, because the hosted page can be opened again after a failed try.
 *
 * Only an answer that names our reference counts.
 *
 * @throws GatewayError, also where an answer that could have shown money can't be had
 */
export async function findPayment(
  client: PaymentzClient,
  wanted: WantedPayment
): Promise<PaymentzPayment | undefined> {
  let best: PaymentzPayment | undefined
  let failure: unknown
  for (const paymentId of [...new Set(wanted.paymentIds)].slice(0, mostNumbers)) {
    try {
      const isGuess = paymentId !== wanted.provenId
      const payment = await inquire(client, { paymentId, isGuess }, wanted.inquiryPath)
      if (payment?.paymentId === paymentId && payment.reference === wanted.reference) {
        if (!isOpenEnded[stageOf(payment, wanted)]) {
          return payment
        }
        best = better(best, payment, wanted)
      }
    } catch (error) {
      failure = remembered(failure, error)
    }
  }
  const byReference = await inquireByReference(client, wanted, best)
  if (byReference && !isOpenEnded[stageOf(byReference, wanted)]) {
    return byReference
  }
  if (failure) {
    throw failure
  }
  return better(best, byReference, wanted)
}

async function inquireByReference(
  client: PaymentzClient,
  { reference, inquiryPath }: WantedPayment,
  known: PaymentzPayment | undefined
): Promise<PaymentzPayment | undefined> {
  try {
    const payment = await inquire(client, { reference }, inquiryPath)
    if (payment && payment.reference !== reference) {
      throw paymentzErrors.mismatch("inquire", "the answer is about another merchantTransactionId")
    }
    return payment
  } catch (error) {
    // Not every brand tells by our reference; what it told by its own number has to do then.
    if (known && isRefusedInquiry(error)) {
      return undefined
    }
    throw error
  }
}

/** A number that the gateway refuses to tell about is no payment of ours; any other failure may hide one. */
function remembered(before: unknown, error: unknown): unknown {
  if (error instanceof GatewayError && error.isUnauthorized) {
    throw error // it would be the same for every other question
  }
  return isRefusedInquiry(error) ? before : error
}

function isRefusedInquiry(error: unknown): boolean {
  return error instanceof GatewayError && error.outcome === "declined" && !error.isUnauthorized
}

function better(
  one: PaymentzPayment | undefined,
  other: PaymentzPayment | undefined,
  wanted: WantedPayment
): PaymentzPayment | undefined {
  const weightOf = (payment: PaymentzPayment) => weight[stageOf(payment, wanted)] ?? 0
  return one && other ? (weightOf(other) > weightOf(one) ? other : one) : (one ?? other)
}

function stageOf(payment: PaymentzPayment, { paymentType }: WantedPayment): TransactionStage {
  return transactionStage(payment.rawStatus, paymentType)
}
