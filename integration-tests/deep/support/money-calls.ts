import type { GatewayData } from "../../conformance/gateway-data"
import type { PassingRequest } from "./fault-proxy"

export type MoneyCall = "refund" | "capture" | "reverse" | "charge"

type Sign = { path: RegExp; body?: RegExp }

const paymentzMove = /^\/transactionServices\/REST\/v1\/payments\/[^/]+$/

/** How each gateway's money calls look on the wire (its vendor's pages), so that a fault strikes no other call. */
const signs: Readonly<Record<string, Partial<Record<MoneyCall, Sign>>>> = {
  mocasa: { refund: { path: /^\/payment\/order\/refund$/ } },
  kess: {
    refund: { path: /^\/refund$/ },
    charge: { path: /^\/(?:quick|jsapi)-pay$/ },
  },
  paymentz: {
    refund: { path: paymentzMove, body: /paymentType=RF/ },
    capture: { path: paymentzMove, body: /paymentType=CP/ },
    reverse: { path: paymentzMove, body: /paymentType=RV/ },
    charge: { path: /^\/transactionServices\/REST\/v1\/paywithtoken\// },
  },
}

/** @throws Error for a call that the gateway does not have */
export function isMoneyCall({ identifier }: GatewayData, call: MoneyCall) {
  const sign = signs[identifier]?.[call]
  if (!sign) {
    throw new Error(`It is not known how a ${call} of ${identifier} looks`)
  }
  return ({ path, body }: PassingRequest): boolean =>
    sign.path.test(path.split("?")[0] ?? "") && (sign.body?.test(body) ?? true)
}

/** What a gateway has, in this way to use it. */
export function moneyCallsOf({ capabilities, charges }: GatewayData): MoneyCall[] {
  return [
    ...(capabilities.refunds === "none" ? [] : (["refund"] as const)),
    ...(capabilities.captures === "at_once" ? [] : (["capture"] as const)),
    ...(capabilities.reverses ? (["reverse"] as const) : []),
    ...(charges ? (["charge"] as const) : []),
  ]
}
