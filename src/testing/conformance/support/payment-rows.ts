import type { BigNumberRawValue, PaymentSessionStatus } from "@medusajs/framework/types"
import { BigNumber, generateEntityId } from "@medusajs/framework/utils"

type Data = Record<string, unknown>

/** Medusa hands amounts over as plain objects, `{ value: "12.34", precision: 20 }`: `Number()` of one is NaN. */
export type RawAmount = BigNumberRawValue

export type Session = {
  readonly id: string
  readonly provider_id: string
  readonly payment_collection_id: string
  amount: number
  raw_amount: RawAmount
  currency_code: string
  status: PaymentSessionStatus
  data: Data
}

export type Payment = {
  readonly id: string
  readonly payment_session_id: string
  readonly provider_id: string
  readonly raw_amount: RawAmount
  /** Null when a provider's answer had none. */
  data: Data | null
  captured_at: Date | null
  canceled_at: Date | null
}

export type NewSessionRow = {
  providerId: string
  amount: string
  currency: string
  data: Data
  payment_collection_id?: string
}

/** A refund or a capture. */
export type MoneyRow = {
  readonly id: string
  readonly payment_id: string
  readonly amount: number
  readonly raw_amount: RawAmount
}

/** The tables of Medusa's payment module, as far as a provider sees them. */
export class PaymentRows {
  readonly sessions = new Map<string, Session>()
  /** What Medusa deleted, the last one last. */
  readonly deletedSessions: Session[] = []
  readonly payments = new Map<string, Payment>()
  readonly captures = new Map<string, MoneyRow>()
  readonly refunds = new Map<string, MoneyRow>()

  addSession(row: NewSessionRow): Session {
    const session: Session = {
      id: generateEntityId("", "payses"),
      provider_id: row.providerId,
      payment_collection_id: row.payment_collection_id ?? generateEntityId("", "pay_col"),
      amount: Number(row.amount),
      raw_amount: rawAmount(row.amount),
      currency_code: row.currency,
      status: "pending",
      data: asJson(row.data),
    }
    this.sessions.set(session.id, session)
    return session
  }

  deleteSession(session: Session): void {
    this.sessions.delete(session.id)
    this.deletedSessions.push(session)
  }

  addPayment(session: Session, data: Data): Payment {
    const payment: Payment = {
      id: generateEntityId("", "pay"),
      payment_session_id: session.id,
      provider_id: session.provider_id,
      raw_amount: session.raw_amount,
      data: asJson(data),
      captured_at: null,
      canceled_at: null,
    }
    this.payments.set(payment.id, payment)
    return payment
  }

  addCapture(payment: Payment, amount: string): MoneyRow {
    return this.#addMoney(this.captures, "capt", payment, amount)
  }

  addRefund(payment: Payment, amount: string): MoneyRow {
    return this.#addMoney(this.refunds, "ref", payment, amount)
  }

  #addMoney(
    table: Map<string, MoneyRow>,
    prefix: string,
    payment: Payment,
    amount: string
  ): MoneyRow {
    const row: MoneyRow = {
      id: generateEntityId("", prefix),
      payment_id: payment.id,
      amount: Number(amount),
      raw_amount: rawAmount(amount),
    }
    table.set(row.id, row)
    return row
  }
}

export function rawAmount(amount: string): RawAmount {
  const { raw } = new BigNumber(amount)
  return { value: amount, precision: raw?.precision ?? 20 }
}

const neverMerged = ["__proto__", "constructor", "prototype"]

/** As a JSON column keeps it, and merged into what stands there: keys never vanish, null clears. */
export function merged(old: Data, change: unknown): Data {
  const result = { ...old }
  for (const [key, value] of Object.entries(isObject(change) ? asJson(change) : {})) {
    if (neverMerged.includes(key)) continue
    const before = result[key]
    result[key] = isObject(before) && isObject(value) ? merged(before, value) : value
  }
  return result
}

function asJson(data: Data): Data {
  return JSON.parse(JSON.stringify(data))
}

function isObject(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
