import { randomUUID } from "node:crypto"
import { CallLog } from "../shared/call-log"
import { controlRoutes } from "../shared/control"
import { Faults } from "../shared/faults"
import { parseHttpUrl } from "../shared/http-url"
import { Later } from "../shared/later"
import { Ledger } from "../shared/ledger"
import { startServer, type Problem } from "../shared/server"
import { WebhookSender } from "../shared/webhook-sender"
import { AccessTokens } from "./access-tokens"
import type { MocasaContext, MocasaCredentials } from "./context"
import { mocasaControlRoutes } from "./control"
import { refusalReply } from "./envelope"
import { Notifier } from "./notifier"
import { orderRoutes } from "./order-routes"
import { Orders } from "./orders"
import { paymentPageRoutes, paymentPath } from "./payment-page"
import { finishTransfer, giveBack } from "./payee"
import { payoutRoutes } from "./payout-routes"
import { Payouts } from "./payouts"
import { Refusal, type RefusalCode } from "./refusal"
import type { MocasaSandbox, MocasaSandboxOptions } from "./sandbox"
import { defaultSettings, type MocasaSettings } from "./settings"
import { decide } from "./shopper"
import { tokenRoute } from "./token-route"

/** Mocasa, Webhook: "the service is disabled if it fails more than five times". */
const MAX_WEBHOOK_FAILURES = 5

const PROBLEM_CODES: Readonly<Record<Problem, RefusalCode>> = {
  "unknown-path": "PATH_NOT_FOUND",
  "wrong-method": "METHOD_NOT_ALLOWED",
  "body-too-large": "BODY_TOO_LARGE",
  unauthorized: "TOKEN_INVALID",
}

/** @throws {PortTakenError} */
export async function startMocasaSandbox(
  options: MocasaSandboxOptions = {}
): Promise<MocasaSandbox> {
  const {
    port = 0,
    clientKey = "mp_sandbox",
    clientSecret = "se_sandbox_secret",
    webhookSecret = clientSecret,
    webhookRetryDelayMs = 1000,
    webhookTimeoutMs = 5000,
    now = Date.now,
    randomId = randomUUID,
    memory,
    onMemory,
    ...changes
  } = options
  const credentials: MocasaCredentials = { clientKey, clientSecret, webhookSecret }
  const ledger = new Ledger(now, memory?.ledger)
  const faults = new Faults()
  const calls = new CallLog({
    now,
    secretFields: ["clientSecret", "idNo"],
    headers: ["content-type", "accesstoken"],
  })

  let settings: MocasaSettings = defaultSettings
  const webhookSender = new WebhookSender({
    url: () => parseHttpUrl(settings.webhookUrl ?? ""),
    maxFailures: MAX_WEBHOOK_FAILURES,
    retryDelayMs: webhookRetryDelayMs,
    timeoutMs: webhookTimeoutMs,
    now,
  })
  const set = (change: Partial<MocasaSettings>) => {
    if (typeof change.webhookUrl === "string" && !parseHttpUrl(change.webhookUrl)) {
      throw new Error(`The webhook address must be an http(s) URL, not "${change.webhookUrl}"`)
    }
    settings = { ...settings, ...withoutUndefined(change) }
    if (change.webhookUrl !== undefined) webhookSender.enable()
  }
  set(changes)

  const later = new Later()
  const context: MocasaContext = {
    credentials,
    settings: () => settings,
    tokens: new AccessTokens(now, randomId),
    orders: new Orders({
      ledger,
      now,
      randomId,
      known: memory?.orders,
      onChange: () => onMemory?.({ orders: context.orders.all(), ledger: ledger.entries() }),
    }),
    payouts: new Payouts({ ledger, now, randomId }),
    notifier: new Notifier(webhookSender, webhookSecret, () => settings),
    later,
    paymentLink: ({ linkId }) => server.url + paymentPath(linkId),
  }
  const { notifier, orders, payouts, tokens } = context

  const server = await startServer({
    port,
    faults,
    calls,
    gatewayRoutes: [
      tokenRoute(context),
      ...orderRoutes(context),
      ...payoutRoutes(context),
      ...paymentPageRoutes(context),
    ],
    controlRoutes: [
      ...controlRoutes({
        ledger,
        calls,
        faults,
        webhooks: webhookSender,
        setWebhookUrl: (webhookUrl) => set({ webhookUrl }),
      }),
      ...mocasaControlRoutes(context),
    ],
    refuse: (problem) => refusalReply(new Refusal(PROBLEM_CODES[problem])),
  })

  return {
    url: server.url,
    credentials,
    ledger,
    orders,
    payouts,
    faults,
    calls,
    webhooks: notifier,
    set,
    pay: (orderNo) => decide(context, "pay", orderNo),
    decline: (orderNo) => decide(context, "decline", orderNo),
    settle: (orderNo) => orders.settle(orderNo),
    finishRefund: (orderNo, refundStatus) => orders.finishRefund(orderNo, refundStatus),
    finishTransfer: (transferSerialNo, txStatus) =>
      finishTransfer(context, transferSerialNo, txStatus),
    giveBack: (transferSerialNo) => giveBack(context, transferSerialNo),
    resendWebhook: (orderNo) => notifier.orderChanged(orders.require(orderNo)),
    revokeTokens: () => tokens.revokeAll(),
    close: async () => {
      later.close()
      await server.close()
      await webhookSender.close()
    },
  }
}

/** A caller who passes `undefined` on means "leave it as it is". */
function withoutUndefined(change: Partial<MocasaSettings>): Partial<MocasaSettings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
