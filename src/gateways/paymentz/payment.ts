import { tryDecimal, type DecimalString } from "../shared/money"
import type { PaymentzAnswer } from "./client"
import type { paymentBody, PaymentzRedirect } from "./messages"
import type { z } from "zod"

/** A payment as the gateway tells of it. */
export type PaymentzPayment = {
  paymentId?: string
  /** Ours. */
  reference?: string
  /** The long status, or the short one where there is no other. */
  word?: string
  /** Major units. */
  amount?: DecimalString
  /** Lower case. */
  currency?: string
  /** Of a card that was saved with it. */
  registrationId?: string
  /** What the shopper must do next. */
  next?: PaymentzNext
  code?: string
  message?: string
}

/** An address to follow, or a form that the shopper's browser posts. */
export type PaymentzNext =
  | { type: "redirect"; url: string }
  | { type: "post_form"; url: string; fields: Record<string, string> }

export function paymentOf({
  body,
  words,
}: Pick<PaymentzAnswer<z.output<typeof paymentBody>>, "body" | "words">): PaymentzPayment {
  return {
    paymentId: body.paymentId,
    reference: body.merchantTransactionId,
    word: body.status ?? body.transactionStatus,
    amount: tryDecimal(body.amount),
    currency: body.currency?.toLowerCase(),
    registrationId: body.registrationId,
    next: body.redirect && nextStep(body.redirect),
    code: words.code,
    message: words.gatewayMessage,
  }
}

/**
 * Where the shopper is sent to for 3-D Secure or a bank's own page.
 *
 * Assumption: it is posted where the method says so, or where it says nothing and there is something to
 * post; else it is an address to follow, with its parameters in the query.
 */
function nextStep({ url, method, parameters }: PaymentzRedirect): PaymentzNext {
  const fields = Object.fromEntries(parameters.map(({ name, value }) => [name, value]))
  if (method === "POST" || (method === undefined && parameters.length > 0)) {
    return { type: "post_form", url, fields }
  }
  const target = new URL(url)
  for (const { name, value } of parameters) {
    target.searchParams.append(name, value)
  }
  return { type: "redirect", url: parameters.length > 0 ? target.href : url }
}
