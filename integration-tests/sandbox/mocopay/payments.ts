import { z } from "zod"
import type { Ledger } from "../shared/ledger"
import { Records, type RecordsOptions } from "../shared/records"
import { decimalText, parseThousandths, Refusal, thousandths } from "./protocol"

interface PaymentsOptions extends RecordsOptions<MocopayPayment> {
  readonly ledger: Ledger
  readonly now: () => number
  readonly randomId: () => string
}

export class Payments extends Records<MocopayPayment> {
  readonly #options: PaymentsOptions

  constructor(options: PaymentsOptions) {
    super(options)
    this.#options = options
  }

  protected numberOf({ requestId }: MocopayPayment): string {
    return requestId
  }

  protected unknown(reference: string): Refusal {
    return new Refusal("SESSION_NOT_FOUND", reference)
  }

  /** By the merchant's `referenceId` or by our `requestId`; the newest of those that share a reference. */
  override get(reference: string): MocopayPayment | undefined {
    return this.#newest(
      (payment) => payment.requestId === reference || payment.parameters.referenceId === reference
    )
  }

  getByLink(linkHash: string): MocopayPayment | undefined {
    return this.#newest((payment) => payment.linkHash === linkHash)
  }

  getBySession(sessionId: string): MocopayPayment | undefined {
    return this.#newest((payment) => payment.sessionId === sessionId)
  }

  /** Assumption: of several sessions of one buyer, MoCoPay tells of the one begun last. */
  getByUser(userId: string): MocopayPayment | undefined {
    return this.#newest(({ parameters }) => parameters.userId === userId)
  }

  getByTransaction(transactionId: string): MocopayPayment | undefined {
    return this.#newest(({ transactions }) =>
      transactions.some((transaction) => transaction.transactionId === transactionId)
    )
  }

  /** Every call makes another one: nothing about a repeat is documented. */
  create(
    parameters: InitParameters,
    product: Product,
    { status, linkLifeMs }: { readonly status: string; readonly linkLifeMs: number }
  ): MocopayPayment {
    const { now, randomId } = this.#options
    return this.put({
      requestId: randomId(),
      sessionId: randomId(),
      linkHash: randomId(),
      linkEndsAt: now() + linkLifeMs,
      parameters,
      product,
      status,
      isTouched: false,
      isPaid: false,
      series: 0,
      initAt: now(),
      authorizedAt: null,
      transactions: [],
    })
  }

  /** From now on MoCoPay says this word of it; no money moves. */
  say(payment: MocopayPayment, status: string): MocopayPayment {
    return this.put({ ...payment, status, isTouched: true })
  }

  closeLink(payment: MocopayPayment): MocopayPayment {
    return this.put({ ...payment, linkEndsAt: this.#options.now() })
  }

  /** The operator agreed; nothing was charged so far. */
  authorize(payment: MocopayPayment): MocopayPayment {
    return this.put({
      ...payment,
      status: "Authorized",
      isTouched: true,
      authorizedAt: payment.authorizedAt ?? this.#options.now(),
    })
  }

  /** Charges what is still owed, or other money in its place; then nothing is owed. */
  pay(payment: MocopayPayment, status: string, money = owed(payment)): MocopayPayment {
    const { series } = this.#inFirstSeries(payment)
    return this.#charge({ ...payment, series, isPaid: true, status }, money)
  }

  /** MoCoPay, Payment notifications: a high price may be billed in several transactions, one after the other. */
  payPart(payment: MocopayPayment, paidStatus: string, amount: string): MocopayPayment {
    const { currency } = payment.product
    const rest = thousandths(owed(payment).amount) - thousandths(amount)
    if (rest < 0n)
      throw new Error(`Of ${referenceOf(payment)} only ${owed(payment).amount} is owed`)
    if (rest === 0n) return this.pay(payment, paidStatus)
    return this.#charge(this.#inFirstSeries(this.authorize(payment)), { amount, currency })
  }

  /** A subscription's next charge. */
  chargeSeries(
    payment: MocopayPayment,
    status: string,
    outcome: Transaction["outcome"]
  ): MocopayPayment {
    if (payment.product.type !== "subscription" || !payment.isPaid) {
      throw new Error(`${referenceOf(payment)} is no subscription that was paid for`)
    }
    const { amount, currency } = payment.product
    const next = { ...payment, series: payment.series + 1, status }
    return this.#charge(next, { amount, currency }, outcome)
  }

  /** The operator tried to charge and could not. */
  fail(payment: MocopayPayment, status: string): MocopayPayment {
    return this.#charge({ ...this.#inFirstSeries(payment), status }, owed(payment), "failed")
  }

  #inFirstSeries(payment: MocopayPayment): MocopayPayment {
    return { ...payment, series: Math.max(payment.series, 1) }
  }

  #charge(
    payment: MocopayPayment,
    { amount, currency }: Money,
    outcome: Transaction["outcome"] = "charged"
  ): MocopayPayment {
    const { ledger, now, randomId } = this.#options
    thousandths(amount)
    if (outcome === "charged") {
      ledger.append({ kind: "payment", reference: referenceOf(payment), amount, currency })
    }
    const { series } = payment
    const transactionId = randomId()
    return this.put({
      ...payment,
      isTouched: true,
      authorizedAt: payment.authorizedAt ?? now(),
      transactions: [
        ...payment.transactions,
        { transactionId, series, amount, currency, outcome, at: now() },
      ],
    })
  }

  #newest(matches: (payment: MocopayPayment) => boolean): MocopayPayment | undefined {
    return this.all().filter(matches).at(-1)
  }
}

/** All of the price, written as the product has it, or what is left of it. */
function owed({ product, transactions }: MocopayPayment): Money {
  const { amount, currency } = product
  const charged = sum(transactions, "charged")
  if (charged === 0n) return { amount, currency }
  return { amount: decimalText(thousandths(amount) - charged), currency }
}

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

/** What the merchant and MoCoPay agreed on in the control box. A call names the `pid` alone, never a price. */
export interface Product {
  readonly pid: string
  readonly type: "onetime" | "subscription"
  /** A decimal in major units, such as `"10.00"`; moved money is written with the same decimals. */
  readonly amount: string
  /** ISO 4217, upper case. */
  readonly currency: string
}

export type ProductInput = Omit<Product, "type"> & Partial<Pick<Product, "type">>

const products = z
  .array(
    z.strictObject({
      pid: z.string().min(1),
      type: z.enum(["onetime", "subscription"]).default("onetime"),
      amount: z
        .string()
        .refine((text) => (parseThousandths(text) ?? 0n) > 0n, "must be a positive decimal"),
      currency: z.string().regex(/^[A-Z]{3}$/, "must be three capitals"),
    })
  )
  .refine((all) => new Set(all.map(({ pid }) => pid)).size === all.length, "a pid is there twice")

/** @throws {Error} that names what is wrong. */
export function checkedProducts(input: readonly ProductInput[]): readonly Product[] {
  const parsed = products.safeParse(input)
  if (parsed.success) return parsed.data
  throw new Error(`Not products of MoCoPay: ${z.prettifyError(parsed.error)}`)
}

/** MoCoPay, initPayment and verifyPayment: the products of the vendor's own examples, at prices of ours. */
export const exampleProducts: readonly Product[] = [
  { pid: "PP27638048", type: "onetime", amount: "10.00", currency: "EUR" },
  { pid: "PP27638049", type: "subscription", amount: "5.00", currency: "EUR" },
]
