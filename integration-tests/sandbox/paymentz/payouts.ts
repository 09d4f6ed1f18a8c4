import { z } from "zod"
import type { Ledger } from "../shared/ledger"
import { Records, type RecordsOptions } from "../shared/records"
import type { Route } from "../shared/server"
import {
  amount,
  authentication,
  currency,
  merchantTransactionId,
  optionalCustomer,
  text,
  url,
} from "./fields"
import { shortStatus } from "./operations"
import { requirePayable } from "./payment-routes"
import { isPaid, type Money } from "./payments"
import { API, apiRoute, call, checksum, Refusal, type Result, timestamp } from "./protocol"
import type { PaymentzContext, PaymentzSettings } from "./sandbox"
import type { CallbackFields } from "./webhooks"

/** Paymentz, POST /payout: "transfer money back into given cardholder's account", so to whom has paid before. */
export function payoutRoute(context: PaymentzContext): Route {
  const { credentials, notifier, payments, payouts, settings, now } = context
  const payOut = call(context, {
    fields: z.strictObject({
      ...authentication,
      merchantTransactionId,
      amount,
      currency,
      paymentType: z.literal("PO"),
      paymentId: text.optional(),
      "merchant.email": text.optional(),
      // Assumption: as every other payment has it.
      notificationUrl: url.optional(),
      ...optionalCustomer,
    }),
    checksum: ({ merchantTransactionId, amount }) =>
      checksum("payout", { ...credentials, merchantTransactionId, amount }),
    answer: ({ paymentId, amount, currency, merchantTransactionId, notificationUrl, ...rest }) => {
      if (paymentId !== undefined && !isPaid(payments.require(paymentId))) {
        throw new Refusal("RECORD_NOT_FOUND", "the payment was never made")
      }
      if (paymentId === undefined && rest["customer.email"] === undefined) {
        throw new Refusal("FIELD_MISSING", "paymentId or customer.email")
      }
      requirePayable(context, { amount, currency })
      const { payoutStatus } = settings()
      const payout = notifier.paidOut(
        payouts.make(
          { merchantTransactionId, amount, currency, notificationUrl: notificationUrl ?? null },
          payoutStatus
        )
      )
      return { ...payoutReply(payout), timestamp: timestamp(now()) }
    },
  })
  return apiRoute(context, { path: `${API}/payout`, needsToken: true, choose: () => payOut })
}

interface NewPayout extends Money {
  readonly merchantTransactionId: string
  readonly notificationUrl: string | null
}

/** Plain JSON. */
export interface Payout extends NewPayout {
  readonly paymentId: string
  readonly status: PaymentzSettings["payoutStatus"] | "reversed"
  /** Epoch, milliseconds. */
  readonly openedAt: number
}

const FIRST_PAYMENT_ID = 90001

interface PayoutsOptions extends RecordsOptions<Payout> {
  readonly ledger: Ledger
  readonly now: () => number
}

/** By the merchant's number. */
export class Payouts extends Records<Payout> {
  constructor(private readonly options: PayoutsOptions) {
    super(options)
  }

  protected numberOf({ merchantTransactionId }: Payout): string {
    return merchantTransactionId
  }

  protected unknown(merchantTransactionId: string): Refusal {
    return new Refusal("RECORD_NOT_FOUND", merchantTransactionId)
  }

  byNumber(paymentId: string): Payout | undefined {
    return this.all().find((each) => each.paymentId === paymentId)
  }

  /** @throws {Refusal} under a number that is in use */
  make(wanted: NewPayout, status: PaymentzSettings["payoutStatus"]): Payout {
    if (this.get(wanted.merchantTransactionId)) throw new Refusal("TRANSACTION_EXISTS")
    const paymentId = String(FIRST_PAYMENT_ID + this.all().length)
    return this.#record({ ...wanted, paymentId, status, openedAt: this.options.now() })
  }

  /** Ends a payout that is under way. @throws {Error} where there is none */
  finish(merchantTransactionId: string, end: "payoutsuccessful" | "payoutfailed"): Payout {
    const payout = this.get(merchantTransactionId)
    if (payout?.status !== "payoutstarted") {
      throw new Error(`No payout ${merchantTransactionId} is under way`)
    }
    return this.#record({ ...payout, status: end })
  }

  /** The money of a payout that succeeded comes back. @throws {Error} where there is none */
  giveBack(merchantTransactionId: string): Payout {
    const payout = this.get(merchantTransactionId)
    if (payout?.status !== "payoutsuccessful") {
      throw new Error(`No payout ${merchantTransactionId} has succeeded`)
    }
    const { amount, currency } = payout
    const reference = merchantTransactionId
    this.options.ledger.append({ kind: "payout_returned", reference, amount, currency })
    return this.#record({ ...payout, status: "reversed" })
  }

  #record(payout: Payout): Payout {
    if (payout.status === "payoutsuccessful") {
      const { merchantTransactionId: reference, amount, currency } = payout
      this.options.ledger.append({ kind: "payout", reference, amount, currency })
    }
    return this.put(payout)
  }
}

/** What the answer to a payout, an inquiry about it and its callback say, in one shape. */
interface PayoutReply extends CallbackFields {
  readonly currency: string
  readonly status: Payout["status"]
  readonly result: Result
}

const made = { code: "00001", description: "Transaction succeeded" }
const failed = { code: "10001", description: "Transaction failed" }

export function payoutReply(
  { paymentId, merchantTransactionId, amount, currency, status }: Payout,
  result: Result = status === "payoutfailed" ? failed : made
): PayoutReply {
  return {
    paymentId,
    merchantTransactionId,
    amount,
    currency,
    status,
    transactionStatus: shortStatus(status),
    result,
  }
}

type Paying = Pick<PaymentzContext, "payouts" | "notifier">

/** Ends a payout that is under way, and tells the merchant. */
export function finishPayout(
  { payouts, notifier }: Paying,
  merchantTransactionId: string,
  end: "payoutsuccessful" | "payoutfailed"
): Payout {
  return notifier.paidOut(payouts.finish(merchantTransactionId, end))
}

/** Has the money of a payout come back, and tells the merchant. */
export function giveBack({ payouts, notifier }: Paying, merchantTransactionId: string): Payout {
  return notifier.paidOut(payouts.giveBack(merchantTransactionId))
}
