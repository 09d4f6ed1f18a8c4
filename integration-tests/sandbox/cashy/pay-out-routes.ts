import { z } from "zod"
import type { Route } from "../shared/router"
import { withoutZeros } from "./amount"
import { amountText, apiRoute, currencyCode, httpUrl, text } from "./api-route"
import type { CashyContext } from "./context"
import type { JsonField } from "./json-text"
import { requirePayable } from "./payable"
import { sayOfPayout } from "./payee"
import type { CashyPayout } from "./payouts"
import { Refusal } from "./refusal"
import { timeText } from "./time"

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
  const { credentials, later, notifier, payouts, settings } = context
  return [
    apiRoute({
      path: "/api/payOut",
      credentials,
      body: payOutBody,
      answer: (fields) => {
        const { payoutStatus, payoutEndsAfterMs, duplicatePayout } = settings()
        if (fields.bankId === undefined && fields.ifscCode === undefined) {
          throw new Refusal("Params_bankId_Required")
        }
        requirePayable(fields.amount, { ...settings(), minAmount: null, maxAmount: null })
        const { mchOrderNo, currency, amount, notifyUrl } = fields
        const wanted = { mchOrderNo, currency, amount, notifyUrl }
        const payout = payouts.create(wanted, payoutStatus, duplicatePayout)
        notifier.payoutChanged(payout)
        later.after(payoutEndsAfterMs, () => {
          if (payouts.isOpen(payout.orderNo)) sayOfPayout(context, payout.orderNo, "SUCCESS")
        })
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
