import {
  type SentWebhooks,
  type WebhookMessage,
  WebhookNotifier,
  type WebhookSender,
} from "../shared/webhook-sender"
import { chargedInSeries, SERVICE_CODE, shopperOf } from "./payment-routes"
import { type MocopayPayment, referenceOf, type Transaction } from "./payments"
import { thousandths, wireNumber } from "./protocol"
import type { MocopaySettings } from "./sandbox"

/** What tests see and do of the notifications. */
export interface MocopayNotifications extends SentWebhooks {
  /**
   * Sends any fields, also while `notificationsOn` is false, to where the payment named by `referenceId` has its
   * notifications sent, else to the control box's address. Nothing signs them: so anybody could have.
   */
  send(fields: NotificationFields): void
}

interface NotifierOptions {
  readonly sender: WebhookSender
  readonly settings: () => MocopaySettings
  readonly payment: (reference: string) => MocopayPayment | undefined
}

export class Notifier extends WebhookNotifier implements MocopayNotifications {
  readonly #options: NotifierOptions

  constructor(options: NotifierOptions) {
    super(options.sender)
    this.#options = options
  }

  /** MoCoPay, Payment notifications: one for each change of a session's and of a transaction's status. */
  changed(before: MocopayPayment, now: MocopayPayment): void {
    const { notificationsOn, sessionNotifications, transactionNotifications } =
      this.#options.settings()
    if (!notificationsOn) return
    if (transactionNotifications) {
      for (const transaction of now.transactions.slice(before.transactions.length)) {
        this.#send(now, transactionNotification(now, transaction, this.#told(now)))
      }
    }
    if (sessionNotifications) this.#send(now, sessionNotification(now, this.#told(now)))
  }

  /** Of the session, as it is now. */
  resend(payment: MocopayPayment): void {
    this.#send(payment, sessionNotification(payment, this.#told(payment)))
  }

  send(fields: NotificationFields): void {
    const reference = fields["referenceId"] ?? ""
    this.#deliver(fields, reference, this.#options.payment(reference))
  }

  #told({ sessionId }: MocopayPayment) {
    const { toldSessionId, notifiedAmount } = this.#options.settings()
    return { sessionId: toldSessionId ?? sessionId, amount: notifiedAmount }
  }

  #send(payment: MocopayPayment, fields: NotificationFields): void {
    this.#deliver(fields, referenceOf(payment), payment)
  }

  #deliver(
    fields: NotificationFields,
    reference: string,
    payment: MocopayPayment | undefined
  ): void {
    const { notifyUrl, notificationMethod, notificationCopies } = this.#options.settings()
    const address = payment?.parameters.notifyUrl ?? notifyUrl
    if (address === null) return
    const to = { reference, notifyUrl: address, method: notificationMethod }
    const message = notificationMessage(fields, to)
    for (let copy = 0; copy < notificationCopies; copy += 1) this.sender.send(message)
  }
}

/** The fields of a notification, in the order in which they are sent. */
export type NotificationFields = Readonly<Record<string, string>>

interface Told {
  readonly sessionId: string
  /** In place of the true one. */
  readonly amount: string | null
}

/** MoCoPay, Payment notifications, the session's. No signature is documented. */
function sessionNotification(payment: MocopayPayment, told: Told): NotificationFields {
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
function transactionNotification(
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
function notificationMessage(
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
