import type {
  GatewayData,
  GatewaySandbox,
  Operation,
  SandboxSettings,
} from "medusa-regional-payments/testing"
import { AcmePaymentProvider } from "../src/providers/acme"
import { changeAcmeSignature, controlsOf, secrets, startStandIn } from "./support/acme-sandbox"

const routes: Readonly<Partial<Record<Operation, { method: string; path: string }>>> = {
  create: { method: "POST", path: "/orders" },
  query: { method: "GET", path: "/orders/:reference" },
  refund: { method: "POST", path: "/refunds" },
  ask: { method: "GET", path: "/refunds/:reference" },
}

const paid = { status: "PAID", amount: "100.00", currency: "EUR" }
const page = { id: "acme-1", url: "https://acme.example/pay/1" }

/** What the suite has to know of Acme Pay. */
export const acme: GatewayData = {
  identifier: "acme",
  capabilities: {
    capture: "automatic",
    refund: "multiple_partial",
    voids: false,
    links: false,
    webhooks: "signed",
    receivesInParts: false,
    payable: { hours: 24 },
    payer: { email: { required: true, maxLength: 100 } },
  },
  wire: {
    ordersOpenedBy: "server",
    findsOrdersByReference: true,
    namesMoney: true,
    namesCurrency: true,
    accessToken: false,
    tellsFailure: true,
    paidAfterFailed: true,
    expires: "canceled",
    settledCode: null,
    webhookEncodings: ["json"],
    signsAmount: true,
  },
  currencies: { eur: 2, jpy: 0 },
  nextActions: ["redirect"],
  statuses: [
    { word: "OPEN", session: "pending" },
    { word: "PAID", session: "paid" },
    { word: "FAILED", session: "error" },
    { word: "EXPIRED", session: "canceled" },
  ],
  refundWords: { made: "MADE", declined: ["REFUSED"], pending: ["PENDING"] },
  misleading: {
    create: [{ reference: "SOMEBODY-ELSES", ...page }, { ...page }, null],
    query: [
      { reference: "SOMEBODY-ELSES", ...page, ...paid },
      { ...page, ...paid },
      { ...paid },
      { data: { ...page, ...paid } },
      { code: "REFUSED", ...page, ...paid },
      null,
    ],
    refund: [{ reference: "SOMEBODY-ELSES", status: "MADE" }, { status: "MADE" }, null],
  },
  changeSignature: changeAcmeSignature,
  Provider: AcmePaymentProvider,
  startSandbox,
}

async function startSandbox(settings: SandboxSettings): Promise<GatewaySandbox> {
  const standIn = await startStandIn(settings)
  return {
    url: standIn.url,
    options: { baseUrl: standIn.url, returnUrl: "https://shop.test/return", ...secrets },
    secrets: () => Object.values(secrets),
    pay: (reference, money) => standIn.pay(reference, money),
    fail: (reference) => standIn.say(reference, "FAILED"),
    expire: (reference) => standIn.say(reference, "EXPIRED"),
    say: (reference, word) =>
      word === "PAID" ? standIn.pay(reference) : standIn.say(reference, word ?? ""),
    settle: () => {
      throw new Error("Acme gives money back whenever it is asked to")
    },
    answerRefundsWith: (word) => void (standIn.refundWord = word),
    finishRefund: (reference, end) =>
      standIn.finishRefund(reference, end === "made" ? "MADE" : "REFUSED"),
    orders: () => [...standIn.orders.keys()],
    moves: (kind, reference) =>
      standIn.ledger
        .entries({ kind, reference })
        .map(({ amount, currency }) => ({ amount, currency: currency.toLowerCase() })),
    ...controlsOf(standIn, routes),
    claimPaid: (reference, amount) => standIn.claim(reference, amount),
  }
}
