import type { z } from "zod"
import { exactAt, tryDecimal, type DecimalString } from "../shared/money"
import { GatewayUnknownError } from "../shared/errors"
import { wireDecimals, remarkOf } from "./client"
import type { CashyClient } from "./client"
import { balanceData, payoutData } from "./messages"
import { cashyErrors, saysNoSuchPayout } from "./errors"
import { payoutState, type CashyPayoutState } from "./statuses"

/** How a country names the bank: by a number or a code of Cashy's list, or by India's IFSC. */
export type CashyBankField = "bankId" | "ifscCode"

/** Cashy, "Create Payout Order", of its pages for India, Indonesia and Mexico. */
export type CashyNewPayout = {
  mchOrderNo: string
  /** Major units. */
  amount: DecimalString
  /** ISO 4217, in capitals. */
  currency: string
  accountName: string
  accountNo: string
  /** A number of the country's table, such as `1` for an e-wallet of Pakistan's, or a word of India's. */
  accountType: string
  bank: { field: CashyBankField; code: string }
  /** India wants it. */
  phone?: string
  notifyUrl: string
  /** Cut where it is too long. */
  remark: string
}

/** Cashy prefers its own number; where it was never told, ours is the only one. */
export type CashyPayoutName = { orderNo: string | undefined; mchOrderNo: string }

export type CashyPayout = {
  orderNo: string
  state: CashyPayoutState
  /** Cashy's own status, null where it named none. */
  orderStatus: string | null
  /** Why it ended as it did, as a token. */
  reason?: string
  /** Major units. */
  amount?: DecimalString
  fee?: DecimalString
}

/**
 * Sends money. Nothing promises that a number sent twice is one payout.
 *
 * @throws GatewayError; `declined` only for what is listed as a final no, see errors.ts
 */
export async function payOut(client: CashyClient, payout: CashyNewPayout): Promise<CashyPayout> {
  const { bank, accountType, ...fields } = payout
  const data = await client.call(
    "payOut",
    {
      ...fields,
      amount: exactAt(payout.amount, wireDecimals),
      accountType: numberWhereItIsOne(accountType),
      [bank.field]: bank.code,
      remark: remarkOf(payout.remark),
    },
    payoutData
  )
  cashyErrors.requireSame("payOut", "order", payout.mchOrderNo, data.mchOrderNo)
  return payoutOf(data)
}

/**
 * Assumption: a payout is asked for as a pay-in is, in a call of its own.
 *
 * @returns undefined where Cashy says that it knows no such payout
 * @throws GatewayError
 */
export async function payOutQuery(
  client: CashyClient,
  { orderNo, mchOrderNo }: CashyPayoutName
): Promise<CashyPayout | undefined> {
  try {
    const data = await client.call(
      "payOutQuery",
      orderNo === undefined ? { mchOrderNo } : { orderNo },
      payoutData
    )
    cashyErrors.requireSame("payOutQuery", "order", mchOrderNo, data.mchOrderNo)
    return payoutOf(data)
  } catch (error) {
    if (error instanceof GatewayUnknownError && error.reason === "unlisted_code") {
      if (saysNoSuchPayout(error.gatewayMessage)) {
        return undefined
      }
    }
    throw error
  }
}

/**
 * What can be sent now, in the currency of the merchant's account; it can be below zero.
 *
 * @throws GatewayError
 */
export async function getBalance(client: CashyClient): Promise<DecimalString> {
  const { balance } = await client.call("getBalance", {}, balanceData)
  const available = tryDecimal(balance)
  if (available === undefined) {
    throw cashyErrors.unreadable("getBalance", "data.balance is not an amount")
  }
  return available
}

/** Assumption: a type that is a number is sent as one, as the tables of fields have it. */
function numberWhereItIsOne(accountType: string): string | number {
  return /^\d{1,9}$/.test(accountType) ? Number(accountType) : accountType
}

function payoutOf(data: z.output<typeof payoutData>): CashyPayout {
  return {
    orderNo: data.orderNo,
    state: payoutState(data.orderStatus),
    orderStatus: data.orderStatus ?? null,
    reason: data.resultDesc ?? undefined,
    amount: tryDecimal(data.amount),
    fee: tryDecimal(data.fee),
  }
}
