import { randomUUID } from "node:crypto"
import { CallLog } from "../shared/call-log"
import { commonControlRoutes } from "../shared/control"
import { Faults } from "../shared/faults"
import { Ledger } from "../shared/ledger"
import { startServer, type Problem } from "../shared/server"
import { BearerTokens } from "./bearer-tokens"
import { checkRoutes } from "./check-routes"
import { CodePayments } from "./code-payments"
import type { KessContext } from "./context"
import { orderControlRoutes } from "./control"
import { Orders } from "./orders"
import { defaultPaths } from "./paths"
import { payRoutes } from "./pay-routes"
import { refundRoute } from "./refund-route"
import { Refunds } from "./refunds"
import { Refusal, type RefusalName } from "./refusal"
import { refusalReply } from "./reply"
import type { KessSandbox, KessSandboxOptions } from "./sandbox"
import { defaultSettings, type KessSettings } from "./settings"
import { tokenRoute } from "./token-route"
import { walletPath } from "./wallet-code"
import { walletRoutes } from "./wallet-routes"

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
  const ledger = new Ledger(now, memory?.ledger)
  const faults = new Faults()
  const calls = new CallLog({
    now,
    secretFields: ["password", "auth_code"],
    headers: ["content-type", "authorization"],
  })
  const closing = new AbortController()

  let settings: KessSettings = { ...defaultSettings, ...withoutUndefined(changes) }
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
    tokens: new BearerTokens(now, randomId),
    orders,
    refunds: new Refunds(orders, ledger),
    codePayments,
  }
  const { credentials, paths, refunds, tokens } = context

  const server = await startServer({
    port,
    faults,
    calls,
    gatewayRoutes: [
      tokenRoute(context),
      ...payRoutes(context),
      refundRoute(context),
      ...checkRoutes(context),
      ...walletRoutes(context),
    ],
    controlRoutes: [
      ...commonControlRoutes({ ledger, calls, faults }),
      ...orderControlRoutes(context),
    ],
    refuse: (problem) => refusalReply(new Refusal(PROBLEMS[problem]), settings),
  })

  return {
    url: server.url,
    walletUrl: server.url + walletPath,
    credentials,
    paths,
    ledger,
    orders,
    faults,
    calls,
    set: (change) => {
      settings = { ...settings, ...withoutUndefined(change) }
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

/** A caller who passes `undefined` on means "leave it as it is". */
function withoutUndefined(change: Partial<KessSettings>): Partial<KessSettings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
