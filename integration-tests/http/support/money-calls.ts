import { cashy } from "../../conformance/cashy.data"
import type { GatewayData, Move, Operation } from "../../../src/testing/conformance/gateway-data"
import { kess, kessJsapi, kessQuick, kessRiel } from "../../conformance/kess.data"
import { mocasa } from "../../conformance/mocasa.data"
import { mocopay } from "../../conformance/mocopay.data"
import {
  paymentz,
  paymentzManual,
  paymentzRest,
  paymentzSavedCard,
} from "../../conformance/paymentz.data"
import type { PassingRequest } from "./fault-proxy"

/** Who asks for the money to move, and what they do about it; see requests.ts. */
export type RequestKind =
  "open" | "charge" | "capture" | "refund" | "cancel" | "link" | "renewal" | "give back"

/** A call of the shop's server that moves money, or opens what can be paid. */
export type MoneyCall = {
  name: string
  gateway: GatewayData
  operation: Operation
  request: RequestKind
  /** What the ledger shows of it; of a part, where `amount` is less than all. */
  moves: { kind: Move; amount: number }
  /** Whether a request that passes the proxy is this call. */
  meets(passing: PassingRequest): boolean
  /** Goes most of its way with another call: one fault of each class is enough for it. */
  isSampled?: boolean
}

/** What everything costs here, in each gateway's first currency. */
export const price = 100
const part = 40

const path = (end: string) => (passing: PassingRequest) =>
  passing.path.split("?")[0]!.replace(/\/$/, "").endsWith(end)
const byToken = ({ path }: PassingRequest) => path.includes("/paywithtoken/")
const paymentType = (type: string) => (passing: PassingRequest) =>
  new URLSearchParams(passing.body).get("paymentType") === type

function opening(gateway: GatewayData, end: string): MoneyCall {
  const moves = { kind: "payment", amount: price } as const
  const name = "order"
  return { name, gateway, operation: "create", request: "open", moves, meets: path(end) }
}

function refund(gateway: GatewayData, amount: number, meets: MoneyCall["meets"]): MoneyCall {
  const name = amount === price ? "refund" : "refund of a part"
  const moves = { kind: "refund", amount } as const
  return { name, gateway, operation: "refund", request: "refund", moves, meets }
}

function capture(amount: number): MoneyCall {
  return {
    name: amount === price ? "capture" : "capture of a part",
    gateway: paymentzManual,
    operation: "capture",
    request: "capture",
    moves: { kind: "capture", amount },
    meets: paymentType("CP"),
  }
}

function charge(gateway: GatewayData, meets: MoneyCall["meets"]): MoneyCall {
  const moves = { kind: "payment", amount: price } as const
  return { name: "charge", gateway, operation: "charge", request: "charge", moves, meets }
}

/** Money that came for a cart as it no longer is, and that an admin gives back from the list. */
function givingBack(gateway: GatewayData, meets: MoneyCall["meets"]): MoneyCall {
  const moves = { kind: "refund", amount: price } as const
  const name = "refund from the list"
  return { name, gateway, operation: "refund", request: "give back", moves, meets }
}

function sampled(call: MoneyCall): MoneyCall {
  return { ...call, isSampled: true }
}

/** All there are. Paymentz's hosted page is opened by the shopper's browser, which is no call of the shop's. */
export const moneyCalls: readonly MoneyCall[] = [
  // The one that takes the longest comes first: it waits for a PIN, and others go on meanwhile.
  charge(kessQuick, path("/quick-pay")),
  sampled(charge(kessJsapi, path("/jsapi-pay"))),
  charge(paymentzSavedCard, byToken),
  sampled({
    ...charge(paymentzSavedCard, byToken),
    name: "charge of an order",
    request: "renewal",
  }),
  capture(price),
  capture(part),
  {
    name: "reversal",
    gateway: paymentzManual,
    operation: "void",
    request: "cancel",
    moves: { kind: "void", amount: price },
    meets: paymentType("RV"),
  },
  refund(kess, price, path("/refund")),
  refund(kess, part, path("/refund")),
  opening(kess, "/native-pay"),
  sampled(opening(kessRiel, "/native-pay")),
  sampled(refund(kessRiel, price, path("/refund"))),
  sampled(refund(kessRiel, part, path("/refund"))),
  refund(paymentz, price, paymentType("RF")),
  refund(paymentz, part, paymentType("RF")),
  sampled({
    ...opening(paymentz, "/invoiceServices/REST/v1/generate"),
    name: "link",
    request: "link",
  }),
  sampled(givingBack(paymentz, paymentType("RF"))),
  refund(mocasa, price, path("/payment/order/refund")),
  sampled(givingBack(mocasa, path("/payment/order/refund"))),
  opening(mocasa, "/payment/order/create"),
  opening(mocopay, "/payment/initPayment"),
  opening(cashy, "/api/payIn"),
  opening(paymentzRest, "/REST/v1/payments"),
]

export const gatewaysOfCalls = [...new Set(moneyCalls.map(({ gateway }) => gateway))]
