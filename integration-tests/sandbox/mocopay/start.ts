import { randomUUID } from "node:crypto"
import { controlsOf } from "../shared/control"
import { parseHttpUrl, type Problem, type Route } from "../shared/server"
import { commonParts, serve } from "../shared/sandbox"
import { changed, requireHttpUrl } from "../shared/settings"
import { WebhookSender } from "../shared/webhook-sender"
import { Notifier } from "./notifications"
import { pagePath, paymentPageRoutes, ShopperSide } from "./payment-page"
import { paymentRoutes } from "./payment-routes"
import { checkedProducts, exampleProducts, Payments } from "./payments"
import { Refusal, type RefusalCode, refusalReply } from "./protocol"
import {
  defaultSettings,
  type MocopayContext,
  type MocopayCredentials,
  type MocopaySandbox,
  type MocopaySandboxOptions,
  type MocopaySettings,
} from "./sandbox"

/** Assumption: MoCoPay tries a notification again a few times, and goes on with the others; it documents neither. */
const MAX_NOTIFICATION_FAILURES = 5

const PROBLEM_CODES: Readonly<Record<Problem, RefusalCode>> = {
  "unknown-path": "PATH_NOT_FOUND",
  "wrong-method": "METHOD_NOT_ALLOWED",
  "body-too-large": "BODY_TOO_LARGE",
  unauthorized: "SIGNATURE_INVALID",
}

/** @throws {PortTakenError} */
export async function startMocopaySandbox(
  options: MocopaySandboxOptions = {}
): Promise<MocopaySandbox> {
  const {
    port = 0,
    apiKey = "app1",
    secret = "this.is.a.secret",
    products = exampleProducts,
    notificationRetryDelayMs = 1000,
    notificationTimeoutMs = 5000,
    now = Date.now,
    randomId = hexId,
    memory,
    onMemory,
    ...changes
  } = options
  const credentials: MocopayCredentials = { apiKey, secret }
  const parts = commonParts(
    { now, secretFields: ["signature", "phone"], headers: ["accept", "signature"] },
    memory?.ledger
  )
  const { ledger } = parts

  let settings: MocopaySettings = defaultSettings
  const set = (change: Partial<MocopaySettings>) => {
    requireHttpUrl("The callbackUrl", change.callbackUrl)
    requireHttpUrl("The notifyUrl", change.notifyUrl)
    settings = changed(settings, change)
  }
  set(changes)

  const sender = new WebhookSender({
    url: ({ notifyUrl = "" }) => parseHttpUrl(notifyUrl),
    maxFailures: MAX_NOTIFICATION_FAILURES,
    afterGivingUp: "go-on",
    retryDelayMs: notificationRetryDelayMs,
    timeoutMs: notificationTimeoutMs,
    now,
  })
  const payments: Payments = new Payments({
    ledger,
    now,
    randomId,
    known: memory?.payments,
    onChange: () => onMemory?.({ payments: payments.all(), ledger: ledger.entries() }),
  })
  const context: MocopayContext = {
    credentials,
    products: checkedProducts(products),
    settings: () => settings,
    now,
    payments,
    notifier: new Notifier({
      sender,
      settings: () => settings,
      payment: (reference) => payments.get(reference),
    }),
    pageUrl: (payment) => server.url + pagePath(payment),
  }
  const { notifier } = context
  const shopper = new ShopperSide(context)

  const server = await serve({
    ...parts,
    port,
    gatewayRoutes: [...paymentRoutes(context), ...paymentPageRoutes(context, shopper)],
    ownControls: paymentControlRoutes(context, shopper),
    webhooks: { sender: sender, setUrl: (notifyUrl) => set({ notifyUrl }) },
    refuse: (problem) => refusalReply(new Refusal(PROBLEM_CODES[problem])),
  })

  return {
    ...parts,
    url: server.url,
    credentials,
    payments,
    notifications: notifier,
    set,
    pay: (reference, money) => shopper.pay(reference, money),
    payPart: (reference, amount) => shopper.payPart(reference, amount),
    authorize: (reference) => shopper.authorize(reference),
    decline: (reference) => shopper.decline(reference),
    fail: (reference) => shopper.fail(reference),
    chargeSeries: (reference, outcome) => shopper.chargeSeries(reference, outcome),
    say: (reference, status) => shopper.say(reference, status),
    closeLink: (reference) => payments.closeLink(payments.require(reference)),
    resendNotification: (reference) => notifier.resend(payments.require(reference)),
    close: server.close,
  }
}

/** 32 hexadecimal letters, as the vendor's examples have them. */
function hexId(): string {
  return randomUUID().replaceAll("-", "")
}

/** The shopper's and the operator's part in a payment, for another process. */
function paymentControlRoutes(
  { payments }: Pick<MocopayContext, "payments">,
  shopper: ShopperSide
): readonly Route[] {
  return controlsOf("payment", (reference) => payments.get(reference), {
    pay: ({ requestId }) => shopper.pay(requestId),
    decline: ({ requestId }) => shopper.decline(requestId),
    fail: ({ requestId }) => shopper.fail(requestId),
    authorize: ({ requestId }) => shopper.authorize(requestId),
    "charge-series": ({ requestId }) => shopper.chargeSeries(requestId),
  })
}
