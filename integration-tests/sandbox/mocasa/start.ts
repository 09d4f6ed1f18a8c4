import { randomUUID } from "node:crypto"
import { z } from "zod"
import { AccessTokens } from "../shared/access-tokens"
import { controlsOf, readBody } from "../shared/control"
import { parseHttpUrl, type Problem, type Route } from "../shared/server"
import { commonParts, serve } from "../shared/sandbox"
import { changed, requireHttpUrl } from "../shared/settings"
import { WebhookSender } from "../shared/webhook-sender"
import { orderRoutes, Orders } from "./orders"
import { decide, paymentPageRoutes, paymentPath } from "./payment-page"
import { finishTransfer, giveBack, payoutRoutes, Payouts } from "./payouts"
import { apiRoute, Refusal, type RefusalCode, refusalReply, text } from "./protocol"
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
  const parts = commonParts(
    { now, secretFields: ["clientSecret", "idNo"], headers: ["content-type", "accesstoken"] },
    memory?.ledger
  )
  const { ledger } = parts

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
    tokens: new AccessTokens({
      now,
      newToken: () => randomId(),
      refuse: (problem) => new Refusal(problem),
    }),
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

  const server = await serve({
    ...parts,
    port,
    gatewayRoutes: [
      tokenRoute(context),
      ...orderRoutes(context),
      ...payoutRoutes(context),
      ...paymentPageRoutes(context),
    ],
    ownControls: mocasaControlRoutes(context),
    webhooks: { sender: webhookSender, setUrl: (webhookUrl) => set({ webhookUrl }) },
    refuse: (problem) => refusalReply(new Refusal(PROBLEM_CODES[problem])),
  })

  return {
    ...parts,
    url: server.url,
    credentials,
    orders,
    payouts,
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
    close: server.close,
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
      const { token, expiresAt } = tokens.issue(tokenLifeMs)
      // Mocasa's page ("Authorization") calls expireTime a number and names no unit. Assumption: milliseconds of the epoch;
      // the client's unit tests give the other readings.
      return { accessToken: token, expireTime: expiresAt }
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
