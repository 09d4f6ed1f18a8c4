import type { WebhookDelivery, WebhookSender } from "../shared/webhook-sender"
import {
  notificationMessage,
  sessionNotification,
  transactionNotification,
  type NotificationFields,
} from "./notification"
import { referenceOf, type MocopayPayment } from "./payment"
import type { MocopaySettings } from "./settings"

/** What tests see and do of the notifications. */
export interface MocopayNotifications {
  readonly deliveries: readonly WebhookDelivery[]
  readonly pending: readonly WebhookDelivery[]
  readonly sent: readonly WebhookDelivery[]
  settled(): Promise<void>
  /**
   * Sends any fields, also while `notificationsOn` is false, to where the payment named by `referenceId` has its
   * notifications sent, else to the control box's address. Nothing signs them: so anybody could have.
   */
  send(fields: NotificationFields): void
}

export interface NotifierOptions {
  readonly sender: WebhookSender
  readonly settings: () => MocopaySettings
  readonly payment: (reference: string) => MocopayPayment | undefined
}

export class Notifier implements MocopayNotifications {
  readonly #options: NotifierOptions

  constructor(options: NotifierOptions) {
    this.#options = options
  }

  get deliveries(): readonly WebhookDelivery[] {
    return this.#options.sender.deliveries
  }

  get pending(): readonly WebhookDelivery[] {
    return this.#options.sender.pending
  }

  get sent(): readonly WebhookDelivery[] {
    return this.#options.sender.sent
  }

  settled(): Promise<void> {
    return this.#options.sender.settled()
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
    for (let copy = 0; copy < notificationCopies; copy += 1) this.#options.sender.send(message)
  }
}
