import type { PaymentzClient } from "../../gateways/paymentz/client"
import {
  paymentIdOf,
  transactionPage,
  type TransactionLine,
} from "../../gateways/paymentz/transaction-list"
import { isChargebackWord } from "../../gateways/paymentz/statuses"
import { isZero, tryDecimal } from "../../gateways/shared/money"
import type { ChargebackCalls, ListedPayment } from "../base/gateway"

/** Assumption: card networks let a cardholder dispute a payment for four months; the vendor names no time. */
const days = 120

export function chargebackCalls(client: PaymentzClient): ChargebackCalls {
  return {
    days,
    list: async ({ from, to }, page) => {
      const listed = { from: new Date(from), to: new Date(to) }
      const { lines, isLast } = await transactionPage(client, listed, page)
      return { payments: lines.flatMap((line) => listedPayment(line) ?? []), isLast }
    },
  }
}

/** Nothing of a line that does not say which payment it is about. */
function listedPayment(line: TransactionLine): ListedPayment | undefined {
  const gatewayId = paymentIdOf(line)
  const reference = line.merchantTransactionId
  return gatewayId !== undefined && reference !== undefined
    ? { reference, gatewayId, isChargedBack: isChargedBack(line) }
    : undefined
}

/** By its amount or by its word, whichever the brand brings up to date first. */
function isChargedBack({ chargebackamount, transactionStatus }: TransactionLine): boolean {
  return (
    isChargebackWord(transactionStatus) ||
    (chargebackamount !== undefined && !isNothing(chargebackamount))
  )
}

/** What is no amount may be one in a form that nobody has told of. */
function isNothing(text: string): boolean {
  const amount = tryDecimal(text)
  return amount !== undefined && isZero(amount)
}
