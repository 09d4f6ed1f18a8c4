import type { WebhookMessage } from "../shared/webhook-sender"
import { wireNumber, thousandths } from "./amount"
import { type MocopayPayment, type Transaction } from "./payment"
import { chargedInSeries, SERVICE_CODE } from "./session-report"
import { shopperOf } from "./shopper-phone"

/** The fields of a notification, in the order in which they are sent. */
export type NotificationFields = Readonly<Record<string, string>>

export interface Told {
  readonly sessionId: string
  /** In place of the true one. */
  readonly amount: string | null
}

/** MoCoPay, Payment notifications, the session's. No signature is documented. */
export function sessionNotification(payment: MocopayPayment, told: Told): NotificationFields {
  return {
    sessionId: told.sessionId,
    ...aboutPayment(payment),
    sessionType: payment.product.type,
    status: payment.status,
    series: String(payment.series),
    ...shopperOf(payment.parameters),
    serviceCode: SERVICE_CODE,
    pid: payment.product.pid,
    lang: payment.parameters.lang ?? "en",
    currencyCode: payment.transactions.at(-1)?.currency ?? payment.product.currency,
    chargedAmount: told.amount ?? String(chargedInSeries(payment)),
  }
}

/**
 * Assumption: the session's fields in short, and what the transaction itself came to. Of this notification the vendor
 * only says that there is one.
 */
export function transactionNotification(
  payment: MocopayPayment,
  transaction: Transaction,
  told: Told
): NotificationFields {
  return {
    transactionId: transaction.transactionId,
    sessionId: told.sessionId,
    ...aboutPayment(payment),
    status: transaction.outcome === "charged" ? "Charged" : "Failed",
    series: String(transaction.series),
    pid: payment.product.pid,
    currencyCode: transaction.currency,
    amount: told.amount ?? String(wireNumber(thousandths(transaction.amount))),
  }
}

function aboutPayment({ parameters }: MocopayPayment): NotificationFields {
  const { referenceId, userId } = parameters
  return { ...(referenceId && { referenceId }), ...(userId && { userId }) }
}

/** MoCoPay, Payment notifications: a GET with everything in the query; by POST it is a form. */
export function notificationMessage(
  fields: NotificationFields,
  to: { readonly reference: string; readonly notifyUrl: string; readonly method: "GET" | "POST" }
): WebhookMessage {
  const form = new URLSearchParams(fields).toString()
  switch (to.method) {
    case "GET": {
      const url = new URL(to.notifyUrl)
      url.search = [url.search.slice(1), form].filter(Boolean).join("&")
      return { ...to, notifyUrl: url.href, headers: {}, body: "" }
    }
    case "POST":
      return {
        ...to,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: form,
      }
  }
}
