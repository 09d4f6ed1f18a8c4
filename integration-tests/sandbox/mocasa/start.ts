import { randomUUID } from "node:crypto"
import { z } from "zod"
import { CallLog } from "../shared/call-log"
import { controlRoutes, controlsOf, readBody } from "../shared/control"
import { Faults } from "../shared/faults"
import { Ledger } from "../shared/ledger"
import { parseHttpUrl, type Problem, type Route, startServer } from "../shared/server"
import { changed, requireHttpUrl } from "../shared/settings"
import { WebhookSender } from "../shared/webhook-sender"
import { orderRoutes, Orders } from "./orders"
import { decide, paymentPageRoutes, paymentPath } from "./payment-page"
import { finishTransfer, giveBack, payoutRoutes, Payouts } from "./payouts"
import { AccessTokens, apiRoute, Refusal, type RefusalCode, refusalReply, text } from "./protocol"
import {
  defaultSettings,
  type MocasaContext,
  type MocasaCredentials,
  type MocasaSandbox,
  type MocasaSandboxOptions,
  type MocasaSettings,
} from "./sandbox"
import { Notifier } from "./webhooks"

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
    requireHttpUrl("The webhook address", change.webhookUrl)
    settings = changed(settings, change)
    if (change.webhookUrl !== undefined) webhookSender.enable()
  }
  set(changes)

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
      await server.close()
      await webhookSender.close()
    },
  }
}

/** Mocasa, Authorization. */
function tokenRoute({ credentials, settings, tokens }: MocasaContext): Route {
  return apiRoute({
    path: "/auth/token/apply",
    tokens: null,
    form: z.strictObject({ clientKey: text, clientSecret: text }),
    answer: ({ clientKey, clientSecret }) => {
      if (clientKey !== credentials.clientKey || clientSecret !== credentials.clientSecret) {
        throw new Refusal("CLIENT_INVALID")
      }
      const { tokenLifeMs, newTokenEndsOthers } = settings()
      if (newTokenEndsOthers) {
        tokens.revokeAll()
      }
      return tokens.issue(tokenLifeMs)
    },
  })
}

const endBody = z.strictObject({ txStatus: z.enum(["success", "failed"]) })

/** The shopper's and Mocasa's own part in an order or a transfer, for another process. */
function mocasaControlRoutes(context: MocasaContext): readonly Route[] {
  const { orders, payouts } = context
  return [
    ...controlsOf("order", (orderNo) => orders.get(orderNo), {
      pay: ({ orderNo }) => decide(context, "pay", orderNo),
      decline: ({ orderNo }) => decide(context, "decline", orderNo),
      settle: ({ orderNo }) => orders.settle(orderNo),
    }),
    ...controlsOf("transfer", (serialNo) => payouts.get(serialNo), {
      finish: ({ transferSerialNo }, request) => {
        const { txStatus } = readBody(request, endBody, '{"txStatus": "success"}, or failed')
        return finishTransfer(context, transferSerialNo, txStatus)
      },
      "give-back": ({ transferSerialNo }) => giveBack(context, transferSerialNo),
    }),
  ]
}
