import { z } from "zod"
import type { Ledger } from "../shared/ledger"
import { Records, type RecordsOptions } from "../shared/records"
import type { Route } from "../shared/server"
import {
  amountText,
  apiRoute,
  currencyCode,
  Digits,
  httpUrl,
  isPayoutEnd,
  type JsonField,
  type PayoutEnd,
  Refusal,
  requirePayable,
  sumOf,
  text,
  timeText,
  withoutZeros,
} from "./protocol"
import type { CashyContext } from "./sandbox"

/** Assumption: how long these may be, and that accountType is a number or a text: the pages differ by country. */
const payOutBody = z.strictObject({
  currency: currencyCode,
  amount: amountText,
  mchOrderNo: text(32),
  notifyUrl: httpUrl,
  nonceStr: text(32),
  remark: text(32),
  accountName: text(64),
  accountNo: text(64),
  accountType: z.union([z.int(), text(32)]),
  bankId: text(32).optional(),
  ifscCode: text(32).optional(),
  phone: text(32).optional(),
})

/** The same two numbers as a pay-in's query, in a call of its own. */
const queryBody = z.strictObject({
  orderNo: text(32).optional(),
  mchOrderNo: text(32).optional(),
  nonceStr: text(32),
})

/** Cashy, payOut, as the vendor's pages for India and Mexico have it. */
export function payOutRoutes(context: CashyContext): readonly Route[] {
  const { credentials, notifier, payouts, settings } = context
  return [
    apiRoute({
      path: "/api/payOut",
      credentials,
      body: payOutBody,
      answer: (fields) => {
        const { payoutStatus, duplicatePayout } = settings()
        if (fields.bankId === undefined && fields.ifscCode === undefined) {
          throw new Refusal("Params_bankId_Required")
        }
        requirePayable(fields.amount, { ...settings(), minAmount: null, maxAmount: null })
        const { mchOrderNo, currency, amount, notifyUrl } = fields
        const wanted = { mchOrderNo, currency, amount, notifyUrl }
        const payout = payouts.create(wanted, payoutStatus, duplicatePayout)
        notifier.payoutChanged(payout)
        return payoutData(context, payout)
      },
    }),
    apiRoute({
      path: "/api/payOutQuery",
      credentials,
      body: queryBody,
      answer: ({ orderNo, mchOrderNo }) => {
        const number = orderNo ?? mchOrderNo
        if (number === undefined) throw new Refusal("Params_orderNo_Required")
        const payout = payouts.require(number)
        const { completedAt, resultDesc } = payout
        return {
          ...payoutData(context, payout),
          completionTime: completedAt === null ? null : timeText(completedAt),
          resultDesc,
        }
      },
    }),
  ]
}

function payoutData(context: CashyContext, payout: CashyPayout): Record<string, JsonField> {
  const { wholeAmounts, fee } = context.settings()
  const { mchOrderNo, orderNo, amount, orderStatus } = payout
  return {
    merchantId: context.credentials.merchantId,
    mchOrderNo,
    orderNo,
    amount: wholeAmounts ? withoutZeros(amount) : amount,
    fee: withoutZeros(fee),
    orderStatus,
  }
}

interface NewPayout {
  readonly mchOrderNo: string
  readonly currency: string
  /** Two decimals. */
  readonly amount: string
  readonly notifyUrl: string
}

export interface CashyPayout extends NewPayout {
  /** Cashy's own number. */
  readonly orderNo: string
  readonly orderStatus: string
  /** Epoch, milliseconds; null until it came to its end. */
  readonly completedAt: number | null
  /** Why it ended as it did; null until then. */
  readonly resultDesc: string | null
}

/** Words of the vendor's tables, one for each end. */
const reasons: Readonly<Record<PayoutEnd, string>> = {
  SUCCESS: "SUCCESS",
  FAIL: "ACCOUNT_NOT_EXIST",
  CANCEL: "SYSTEM_REJECTION",
}

interface PayoutsOptions extends RecordsOptions<CashyPayout> {
  readonly ledger: Ledger
  readonly now: () => number
  readonly randomDigits: (count: number) => string
}

export class Payouts extends Records<CashyPayout> {
  readonly #options: PayoutsOptions

  constructor(options: PayoutsOptions) {
    super(options)
    this.#options = options
  }

  protected numberOf({ orderNo }: CashyPayout): string {
    return orderNo
  }

  protected unknown(): Refusal {
    return new Refusal("Payout_Order_not_exist")
  }

  /** By Cashy's number or the merchant's; of several under one number of the merchant's the last. */
  override get(number: string): CashyPayout | undefined {
    const known = this.all().filter(({ mchOrderNo }) => mchOrderNo === number)
    return super.get(number) ?? known.at(-1)
  }

  /** Whether it still waits for its end. */
  isOpen(number: string): boolean {
    const payout = this.get(number)
    return payout !== undefined && !isPayoutEnd(payout.orderStatus)
  }

  /** Under `pay-again` a number that is known moves the money a second time. @throws {Refusal} */
  create(wanted: NewPayout, orderStatus: string, onDuplicate: "pay-again" | "refuse"): CashyPayout {
    if (onDuplicate === "refuse" && this.get(wanted.mchOrderNo)) {
      throw new Refusal("Payout_Order_Error")
    }
    const orderNo = `PAYOUT${this.#options.randomDigits(19)}`
    const ends = { completedAt: null, resultDesc: null }
    return this.#record({ ...wanted, ...ends, orderNo, orderStatus })
  }

  /** Any word on the way, or the end of it. */
  say(number: string, orderStatus: string): CashyPayout {
    const payout = this.require(number)
    if (isPayoutEnd(payout.orderStatus)) {
      throw new Error(`The payout ${number} has come to its end: ${payout.orderStatus}`)
    }
    return this.#record({ ...payout, orderStatus })
  }

  /** The money of a payout that succeeded comes back. Assumption: Cashy says FAIL of it then. */
  giveBack(number: string): CashyPayout {
    const payout = this.require(number)
    if (payout.orderStatus !== "SUCCESS") {
      throw new Error(`The payout ${number} has not succeeded: ${payout.orderStatus}`)
    }
    const { mchOrderNo, amount, currency } = payout
    this.#options.ledger.append({
      kind: "payout_returned",
      reference: mchOrderNo,
      amount,
      currency,
    })
    return this.#record({ ...payout, orderStatus: "FAIL", resultDesc: "PAYMENT_OFFSET" })
  }

  #record(payout: CashyPayout): CashyPayout {
    const { mchOrderNo, amount, currency, orderStatus } = payout
    if (orderStatus === "SUCCESS") {
      this.#options.ledger.append({ kind: "payout", reference: mchOrderNo, amount, currency })
    }
    const ended = isPayoutEnd(orderStatus)
    return this.put({
      ...payout,
      completedAt: ended ? this.#options.now() : null,
      resultDesc: ended ? (payout.resultDesc ?? reasons[orderStatus]) : null,
    })
  }
}

type Paying = Pick<CashyContext, "payouts" | "notifier">

/** A word on a payout's way, or its end, of which the merchant is told. */
export function sayOfPayout(
  { payouts, notifier }: Paying,
  number: string,
  orderStatus: string
): CashyPayout {
  const payout = payouts.say(number, orderStatus)
  notifier.payoutChanged(payout)
  return payout
}

/** Has the money of a payout come back, and tells the merchant. */
export function giveBack({ payouts, notifier }: Paying, number: string): CashyPayout {
  const payout = payouts.giveBack(number)
  notifier.payoutChanged(payout)
  return payout
}

const body = z.strictObject({ nonceStr: text(32) })

/**
 * Cashy, getBalance, as the vendor's page for Colombia has it: what can be sent, and what is held for payouts on
 * their way. Assumption: fees are settled elsewhere.
 */
export function balanceRoute({ credentials, ledger, payouts, settings }: CashyContext): Route {
  return apiRoute({
    path: "/api/getBalance",
    credentials,
    body,
    answer: () => {
      const onTheirWay = payouts.all().filter(({ orderNo }) => payouts.isOpen(orderNo))
      const held = sumOf(onTheirWay.map(({ amount }) => ({ amount, sign: 1 })))
      const moves = ledger.entries().map(({ kind, amount }) => ({
        amount,
        sign: kind === "payout" ? -1 : 1,
      }))
      const available = sumOf([
        { amount: settings().openingBalance, sign: 1 },
        ...moves,
        { amount: held, sign: -1 },
      ])
      return {
        mchId: credentials.merchantId,
        balance: new Digits(available),
        unBalance: new Digits(held),
      }
    },
  })
}
