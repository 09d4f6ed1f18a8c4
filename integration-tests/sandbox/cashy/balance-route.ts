import { z } from "zod"
import type { Route } from "../shared/router"
import { apiRoute, text } from "./api-route"
import { sumOf } from "./amount"
import type { CashyContext } from "./context"
import { Digits } from "./json-text"

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
