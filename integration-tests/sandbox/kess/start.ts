import { randomUUID } from "node:crypto"
import { z } from "zod"
import { AccessTokens } from "../shared/access-tokens"
import { controlsOf } from "../shared/control"
import { type Problem, type Route } from "../shared/server"
import { commonParts, serve } from "../shared/sandbox"
import { changed } from "../shared/settings"
import { CodePayments } from "./code-payments"
import { checkRoutes, payRoutes } from "./order-routes"
import { defaultPaths, Orders } from "./orders"
import { apiRoute, Refusal, type RefusalName, refusalReply, text } from "./protocol"
import { refundRoute, Refunds } from "./refunds"
import {
  defaultSettings,
  type KessContext,
  type KessSandbox,
  type KessSandboxOptions,
  type KessSettings,
} from "./sandbox"
import { walletPath, walletRoutes } from "./wallet"

const PROBLEMS: Readonly<Record<Problem, RefusalName>> = {
  "unknown-path": "PATH_NOT_FOUND",
  "wrong-method": "METHOD_NOT_ALLOWED",
  "body-too-large": "BODY_TOO_LARGE",
  unauthorized: "TOKEN_INVALID",
}

/** @throws {PortTakenError} */
export async function startKessSandbox(options: KessSandboxOptions = {}): Promise<KessSandbox> {
  const {
    port = 0,
    user = "kess_sandbox",
    password = "kess_sandbox_password",
    storeId = "109038",
    paths: otherPaths,
    now = Date.now,
    randomId = randomUUID,
    memory,
    onMemory,
    ...changes
  } = options
  const parts = commonParts(
    { now, secretFields: ["password", "auth_code"], headers: ["content-type", "authorization"] },
    memory?.ledger
  )
  const { ledger } = parts
  const closing = new AbortController()

  let settings = changed<KessSettings>(defaultSettings, changes)
  const orders = new Orders({
    ledger,
    randomId,
    known: memory?.orders,
    onChange: (order) => {
      onMemory?.({ orders: orders.all(), ledger: ledger.entries() })
      codePayments.orderChanged(order)
    },
  })
  const codePayments = new CodePayments(orders, () => settings, closing.signal)
  const context: KessContext = {
    credentials: { user, password, storeId },
    paths: { ...defaultPaths, ...otherPaths },
    settings: () => settings,
    tokens: new AccessTokens({
      now,
      newToken: () => `eyJ0eXAiOiJKV1QifQ.${randomId()}`,
      refuse: (problem) => new Refusal(problem),
    }),
    orders,
    refunds: new Refunds(orders, ledger),
    codePayments,
  }
  const { credentials, paths, refunds, tokens } = context

  const server = await serve({
    ...parts,
    port,
    gatewayRoutes: [
      tokenRoute(context),
      ...payRoutes(context),
      refundRoute(context),
      ...checkRoutes(context),
      ...walletRoutes(context),
    ],
    ownControls: controlsOf("order", (outTradeNo) => orders.get(outTradeNo), {
      pay: ({ outTradeNo }) => orders.pay(outTradeNo),
      decline: ({ outTradeNo }) => orders.decline(outTradeNo),
    }),
    refuse: (problem) => refusalReply(new Refusal(PROBLEMS[problem]), settings),
  })

  return {
    ...parts,
    url: server.url,
    walletUrl: server.url + walletPath,
    credentials,
    paths,
    orders,
    set: (change) => {
      settings = changed(settings, change)
    },
    pay: (outTradeNo, money) => orders.pay(outTradeNo, money),
    decline: (outTradeNo) => orders.decline(outTradeNo),
    finishRefund: (outTradeNo, end) => refunds.finish(outTradeNo, end),
    failRefundLate: (outRefundNo) => refunds.failLate(outRefundNo),
    revokeTokens: () => tokens.revokeAll(),
    close: async () => {
      closing.abort()
      await server.close()
    },
  }
}

/** KESS, Get API Token. */
function tokenRoute(context: KessContext): Route {
  const { credentials, paths, settings, tokens } = context
  return apiRoute(context, {
    path: paths.token,
    withoutToken: true,
    body: z.strictObject({ user: text, password: text }),
    answer: ({ user, password }) => {
      if (user !== credentials.user || password !== credentials.password) {
        throw new Refusal("USER_INVALID")
      }
      return { message: "SUCCESS", token: tokens.issue(settings().tokenLifeMs).token }
    },
  })
}
