import type { LedgerEntry } from "../shared/ledger"
import type { CommonOptions, CommonSandbox } from "../shared/sandbox"
import type { MocopayNotifications, Notifier } from "./notifications"
import type {
  MocopayPayment,
  Money,
  Payments,
  Product,
  ProductInput,
  Transaction,
} from "./payments"
import type { SignatureAlgorithm } from "./protocol"

/** All that a restarted sandbox needs in order to know its payments again; plain JSON. */
export interface MocopayMemory {
  readonly payments: readonly MocopayPayment[]
  readonly ledger: readonly LedgerEntry[]
}

export interface MocopaySandboxOptions
  extends CommonOptions<MocopayMemory>, Partial<MocopaySettings> {
  readonly apiKey?: string
  readonly secret?: string
  readonly products?: readonly ProductInput[]
  /** Before the first retry of a notification; doubled before each further one. Default 1000. */
  readonly notificationRetryDelayMs?: number
  /** How long a notification waits for its answer. Default 5000. */
  readonly notificationTimeoutMs?: number
  readonly randomId?: () => string
}

/** A `reference` is the merchant's `referenceId`, or the `requestId` where initPayment named none. */
export interface MocopaySandbox extends CommonSandbox<MocopaySettings, MocopayCredentials> {
  /** Of the host, without a slash at the end; the calls are under `/v1/payment`. */
  readonly url: string
  readonly payments: Pick<Payments, "all" | "get">
  readonly notifications: MocopayNotifications
  /** As the shopper does on the payment page; `money` is charged in place of what is owed. */
  pay(reference: string, money?: Money): MocopayPayment
  /** One of the several transactions in which a high price is billed. */
  payPart(reference: string, amount: string): MocopayPayment
  /** The operator agreed and nothing was charged: `Authorized`, with every amount at 0. */
  authorize(reference: string): MocopayPayment
  decline(reference: string): MocopayPayment
  /** The operator could not charge. */
  fail(reference: string): MocopayPayment
  /** A further series of a subscription that was paid for. */
  chargeSeries(reference: string, outcome?: Transaction["outcome"]): MocopayPayment
  /** The session has this status from now on, and no money moves. */
  say(reference: string, status: string): MocopayPayment
  /** The page of the payment does not open any more. */
  closeLink(reference: string): MocopayPayment
  /** Sends the session's notification once more, also while notifications are off. */
  resendNotification(reference: string): void
}

export interface MocopayCredentials {
  readonly apiKey: string
  readonly secret: string
}

/** What the routes work on. */
export interface MocopayContext {
  readonly credentials: MocopayCredentials
  readonly products: readonly Product[]
  readonly settings: () => MocopaySettings
  readonly now: () => number
  readonly payments: Payments
  readonly notifier: Notifier
  readonly pageUrl: (payment: MocopayPayment) => string
}

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
