import { KessPaymentProvider } from "../../src/providers/kess"
import { type KessSandbox, type LedgerEntry, startKessSandbox } from "../sandbox/kess"
import type {
  ChargeControl,
  GatewayData,
  GatewaySandbox,
  Json,
  Money,
  Operation,
} from "../../src/testing/conformance/gateway-data"
import { operationsAt } from "./support/operations-at"

const credentials = {
  username: "kess_markedUsername6dQ",
  password: "kess_markedPassword3xZ",
}
const paid = "Payment Successful!"
const strangersOrder = { out_trade_no: "SOMEBODY-ELSES", amount: 100 }
const strangersRefund = { ...strangersOrder, out_refund_no: "SOMEBODY-ELSES", refund_amount: 100 }

const paths: Readonly<Partial<Record<Operation, string>>> = {
  token: "/token",
  create: "/native-pay",
  query: "/check-payment-status",
  ask: "/check-refund-status",
  refund: "/refund",
}

const chargePaths = { native: undefined, quick: "/quick-pay", jsapi: "/jsapi-pay" } as const

/** How a shop uses KESS; each is a payment provider of its own there. */
type KessHabits = {
  readonly mode: "native" | "quick" | "jsapi"
  readonly currency: "usd" | "khr"
}

/** Native pay, the shopper scans a QR. */
export const kess: GatewayData = {
  identifier: "kess",
  capabilities: {
    capture: "automatic",
    refund: "multiple_partial",
    refundsSettleWithinDays: 14,
    voids: false,
    links: false,
    webhooks: "none",
    receivesInParts: false,
    payable: { hours: 2 },
    payer: {},
  },
  wire: {
    ordersOpenedBy: "server",
    // A check tells that an order exists, and never its QR again.
    findsOrdersByReference: false,
    namesMoney: true,
    namesCurrency: true,
    accessToken: true,
    tellsFailure: false,
    paidAfterFailed: true,
    expires: false,
    settledCode: null,
    webhookEncodings: [],
    signsAmount: false,
  },
  currencies: { usd: 2 },
  nextActions: ["qr_code"],
  statuses: [
    { word: paid, session: "paid" },
    { word: null, session: "pending" },
  ],
  refundWords: { made: "SUCCESS", declined: [], pending: [] },
  misleading: {
    create: [
      withData({
        ...strangersOrder,
        qr_code: "weixin://wxpay/bizpayurl?pr=1",
        result_code: "SUCCESS",
      }),
      withData({ qr_code: "weixin://wxpay/bizpayurl?pr=1", amount: 100, result_code: "SUCCESS" }),
      withData({ ...strangersOrder, result_code: "SUCCESS" }),
      withData(null),
    ],
    query: [
      withData({ ...strangersOrder, is_success: true, currency: "USD", message: paid }),
      withData({ is_success: true, amount: 100, currency: "USD", message: paid }),
      withData({ is_success: true, message: paid }),
      withData(null),
      { success: "true", data: { is_success: true, message: paid } },
      { success: false, data: { is_success: true, message: paid } },
      { success: false, message: paid },
      { data: { is_success: true, message: paid } },
    ],
    refund: [
      withData({ ...strangersRefund, currency: "USD", result_code: "SUCCESS" }),
      withData({ refund_amount: 100, currency: "USD", result_code: "SUCCESS" }),
      withData({ result_code: "SUCCESS" }),
      withData(null),
      { data: { result_code: "SUCCESS" } },
      { success: false, message: "System busy" },
    ],
  },
  changeSignature: () => noWebhooks(),
  Provider: KessPaymentProvider,
  startSandbox: () => startSandbox({ mode: "native", currency: "usd" }),
}

function withData(data: Json): Json {
  return { success: true, data }
}

async function startSandbox({ mode, currency }: KessHabits): Promise<GatewaySandbox> {
  const { username: user, password } = credentials
  const sandbox = await startKessSandbox({
    user,
    password,
    currency: currency === "khr" ? "KHR" : "USD",
  })
  return {
    url: sandbox.url,
    options: {
      baseUrl: sandbox.url,
      ...credentials,
      storeId: sandbox.credentials.storeId,
      serviceId: 30,
      mode,
      currency,
    },
    secrets: () => [...Object.values(credentials), ...tokensOf(sandbox)],
    pay: (reference, money) => {
      sandbox.pay(reference, money && { ...money, currency: money.currency.toUpperCase() })
    },
    fail: (reference) => void sandbox.decline(reference),
    expire: () => {
      throw new Error("Nothing of KESS's says that a QR expires")
    },
    say: (reference, word) => {
      if (word === paid) sandbox.pay(reference)
      else sandbox.set({ unpaidMessage: word })
    },
    settle: () => {
      throw new Error("Nothing of KESS's says that a payment settles")
    },
    answerRefundsWith: (refundResultCode) => sandbox.set({ refundResultCode }),
    finishRefund: (reference, end) => void sandbox.finishRefund(reference, end),
    ...(mode !== "native" && { charging: chargingOf(sandbox) }),
    orders: () => sandbox.orders.all().map(({ outTradeNo }) => outTradeNo),
    moves: (kind, reference) =>
      kind === "payment" || kind === "refund"
        ? sandbox.ledger.entries({ kind, reference }).map(moneyOf)
        : [],
    ...operationsAt(sandbox, { ...paths, charge: chargePaths[mode] }),
    endTokens: () => sandbox.revokeTokens(),
    setWebhooks: noWebhooks,
    claimPaid: noWebhooks,
    webhooksSettled: async () => undefined,
    close: () => sandbox.close(),
  }
}

function noWebhooks(): never {
  throw new Error("KESS has no webhooks")
}

/** On the wire every amount has two decimals, and so in the ledger. */
function moneyOf({ amount, currency }: LedgerEntry): Money {
  return {
    amount: currency === "KHR" ? amount.replace(/\.00$/, "") : amount,
    currency: currency.toLowerCase(),
  }
}

const scans = { paid: "pays", declined: "declines", waits: "waits" } as const
/** How long a call waits for the shopper's PIN where he does not enter it; KESS's own is 45 seconds. */
const holdMs = 50

function chargingOf(sandbox: KessSandbox): ChargeControl {
  let scanned = 0
  return {
    shopper: () => {
      scanned += 1
      return { data: { auth_code: `13456789${String(scanned).padStart(10, "0")}` } }
    },
    answerWith: (outcome) => {
      if (outcome === "asks") {
        throw new Error("A shopper confirms in the wallet: KESS leads nobody anywhere")
      }
      sandbox.set({ onScan: scans[outcome], holdMs })
    },
  }
}

function tokensOf(sandbox: KessSandbox): string[] {
  const headers = sandbox.calls.list().map(({ headers }) => headers["authorization"])
  return [...new Set(headers)].flatMap((header) => header?.replace("Bearer ", "") ?? [])
}

/** A store whose currency at KESS is the riel, which has no decimal places. */
export const kessRiel: GatewayData = {
  ...kess,
  variant: "riel",
  currencies: { khr: 0 },
  startSandbox: () => startSandbox({ mode: "native", currency: "khr" }),
}

/** The shopper pays within the wallet's own app; the charge of their code is merchant-initiated. */
export const kessJsapi: GatewayData = {
  ...kess,
  variant: "jsapi",
  nextActions: ["none", "shopper_code"],
  charges: { asksForCode: true, belongsToCustomer: false, confirms: false },
  startSandbox: () => startSandbox({ mode: "jsapi", currency: "usd" }),
}

/** The seller scans the shopper's code, and the charge of it is merchant-initiated. */
export const kessQuick: GatewayData = {
  ...kess,
  variant: "quick",
  nextActions: ["none", "shopper_code"],
  charges: { asksForCode: true, belongsToCustomer: false, confirms: false },
  startSandbox: () => startSandbox({ mode: "quick", currency: "usd" }),
}
