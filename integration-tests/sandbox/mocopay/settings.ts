import type { SignatureAlgorithm } from "./signature"

/** What a test can change while the sandbox runs. Where the vendor is silent, a setting gives each reading. */
export interface MocopaySettings {
  /** Before `<apiKey>:<value>` in the header. The vendor's examples have it, its chapter on signatures has not. */
  readonly signaturePrefix: string
  readonly signatureAlgorithm: SignatureAlgorithm
  /** How long the payment page opens. */
  readonly linkLifeMs: number

  /**
   * Whether verifyPayment knows a session with which the shopper has done nothing yet. The vendor says that a
   * session is created with each initPayment; `unknown` answers 404 until the shopper begins.
   */
  readonly untouchedSessions: "known" | "unknown"
  /** The word for such a session. Assumption: the vendor publishes none. */
  readonly initialStatus: string
  /** The word of a payment whose money has come. */
  readonly paidStatus: string
  /** The same of a subscription, which goes on; the vendor's example of one says so. */
  readonly subscriptionStatus: string
  /** Words after the operator could not charge and after the shopper declined. Assumption: none is published. */
  readonly failedStatus: string
  readonly declinedStatus: string
  /** `zero` keeps `chargedAmount` at 0 whatever was charged, as the vendor's example of verifyPayment has it. */
  readonly chargedAmount: "of-series" | "zero"

  /** As typed into the control box; initPayment may name others. */
  readonly callbackUrl: string | null
  readonly notifyUrl: string | null

  readonly notificationsOn: boolean
  readonly sessionNotifications: boolean
  readonly transactionNotifications: boolean
  /** The vendor describes GET; by POST the same fields come as a form. */
  readonly notificationMethod: "GET" | "POST"
  /** How often each notification is sent. */
  readonly notificationCopies: number
  /** Takes the place of the true amount in notifications, which nothing signs. */
  readonly notifiedAmount: string | null
  /** Takes the place of the true session in notifications and in the shopper's return: a payment of somebody else's. */
  readonly toldSessionId: string | null
}

export const defaultSettings: MocopaySettings = {
  signaturePrefix: "ApiKey ",
  signatureAlgorithm: "md5",
  linkLifeMs: 60 * 60 * 1000,
  untouchedSessions: "known",
  initialStatus: "Initialized",
  paidStatus: "PaymentComplete",
  subscriptionStatus: "Authorized",
  failedStatus: "Failed",
  declinedStatus: "Canceled",
  chargedAmount: "of-series",
  callbackUrl: null,
  notifyUrl: null,
  notificationsOn: true,
  sessionNotifications: true,
  transactionNotifications: true,
  notificationMethod: "GET",
  notificationCopies: 1,
  notifiedAmount: null,
  toldSessionId: null,
}
