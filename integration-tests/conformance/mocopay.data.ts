import { MocopayPaymentProvider } from "../../src/providers/mocopay"
import { startMocopaySandbox, type MocopaySandbox } from "../sandbox/mocopay"
import type {
  GatewayData,
  GatewaySandbox,
  Operation,
  SandboxSettings,
} from "../../src/testing/conformance/gateway-data"
import { operationsAt } from "./support/operations-at"

const secrets = { apiKey: "mo_markedApiKey7nD", secret: "mo_markedSecret3xQ" }

const paths: Readonly<Partial<Record<Operation, string>>> = {
  create: "/v1/payment/initPayment",
  query: "/v1/payment/verifyPayment",
  ask: "/v1/payment/verifyPayment",
}

/** A pid has one price: so there is a product for every amount that the suite wants to be paid, and no other. */
const prices: Readonly<Record<string, readonly string[]>> = {
  eur: ["0.01", "1.00", "1.01", "70.00", "100.00", "111.99", "1234567.89"],
  krw: ["1", "112", "1234568"],
  bhd: ["0.010", "1.000", "1.001", "111.989", "1234567.890"],
}

const products = Object.entries(prices).flatMap(([currency, amounts]) =>
  amounts.map((amount) => ({ pid: `PP-${currency}-${amount}`, amount, currency }))
)

export const mocopay: GatewayData = {
  identifier: "mocopay",
  capabilities: {
    capture: "automatic",
    refund: "none",
    voids: false,
    links: true,
    webhooks: "unsigned",
    receivesInParts: false,
    payable: "without_end",
    payer: {},
  },
  wire: {
    ordersOpenedBy: "server",
    // verifyPayment takes our reference as userId, and never tells the page again: what was opened is lost.
    findsOrdersByReference: false,
    namesMoney: true,
    namesCurrency: true,
    accessToken: false,
    tellsFailure: true,
    paidAfterFailed: true,
    expires: false,
    settledCode: null,
    webhookEncodings: ["form"],
    signsAmount: false,
  },
  currencies: { eur: 2, krw: 0, bhd: 3 },
  nextActions: ["redirect"],
  statuses: [
    { word: "PaymentComplete", session: "paid" },
    { word: "Authorized", session: "pending" },
    { word: null, session: "pending" },
  ],
  refundWords: null,
  misleading: {
    create: [
      { requestId: "9bf849fd215542088fa5c98b99a185a2" },
      { requestId: "9bf849fd215542088fa5c98b99a185a2", redirectUrl: "javascript:alert(1)" },
      { redirectUrl: null },
    ],
    query: [
      report({ endUser: { userId: "SOMEBODY-ELSES" } }),
      report({ endUser: {} }),
      report({}),
      { status: "PaymentComplete" },
      {},
    ],
  },
  changeSignature: () => {
    throw new Error("MoCoPay signs no notification")
  },
  Provider: MocopayPaymentProvider,
  startSandbox,
}

/** Of a payment that is paid in every way, and not ours. */
function report(about: { readonly endUser?: { readonly [key: string]: string } }) {
  return {
    sessionId: "518ec5708a8842dba19993f01ef863b5",
    pid: "PP-eur-100.00",
    type: "onetime",
    status: "PaymentComplete",
    chargedAmount: 100,
    lastChargedAmount: 100,
    totalChargedAmount: 100,
    currencyCode: "EUR",
    ...about,
  }
}

async function startSandbox({ webhookUrl }: SandboxSettings): Promise<GatewaySandbox> {
  const sandbox = await startMocopaySandbox({
    ...secrets,
    products: products.map(({ currency, ...product }) => ({
      ...product,
      currency: currency.toUpperCase(),
    })),
    // In the control box too: whoever forges a notification names orders that nobody opened.
    notifyUrl: webhookUrl,
    transactionNotifications: false,
    notificationRetryDelayMs: 1,
  })
  return {
    url: sandbox.url,
    options: {
      ...secrets,
      baseUrl: sandbox.url,
      products,
      callbackUrl: "https://shop.test/payments/return",
      notifyUrl: webhookUrl,
    },
    secrets: () => Object.values(secrets),
    pay: (reference, money) =>
      void sandbox.pay(
        reference,
        money && { amount: money.amount, currency: money.currency.toUpperCase() }
      ),
    fail: (reference) => void sandbox.fail(reference),
    expire: () => {
      throw new Error("MoCoPay has no word for a payment that expired")
    },
    say: (reference, word) => say(sandbox, reference, word),
    settle: () => noRefunds(),
    answerRefundsWith: () => noRefunds(),
    finishRefund: () => noRefunds(),
    orders: () => sandbox.payments.all().map(({ parameters }) => parameters.referenceId ?? ""),
    moves: (kind, reference) =>
      kind === "payment"
        ? sandbox.ledger
            .entries({ kind, reference })
            .map(({ amount, currency }) => ({ amount, currency: currency.toLowerCase() }))
        : [],
    ...operationsAt(sandbox, paths),
    calls: (operation) => callsTo(sandbox, operation),
    endTokens: () => {
      throw new Error("MoCoPay has no tokens")
    },
    setWebhooks: ({ copies, encoding, amount }) =>
      sandbox.set({
        notificationCopies: copies,
        notificationMethod: encoding && "POST",
        notifiedAmount: amount?.toString(),
      }),
    claimPaid: (referenceId, chargedAmount, paymentOf) =>
      sandbox.notifications.send({
        sessionId: sessionOf(sandbox, paymentOf) ?? "518ec5708a8842dba19993f01ef863b5",
        referenceId,
        status: "PaymentComplete",
        chargedAmount,
      }),
    webhooksSettled: () => sandbox.notifications.settled(),
    close: () => sandbox.close(),
  }
}

function sessionOf({ payments }: MocopaySandbox, reference: string | undefined) {
  return reference === undefined ? undefined : (payments.get(reference)?.sessionId ?? undefined)
}

/** MoCoPay has no refund: that none was asked for is then true. */
function callsTo({ calls }: MocopaySandbox, operation: Operation): number {
  const path = paths[operation]
  return path === undefined ? 0 : calls.count(path) + calls.count(`${path}/`)
}

function say(sandbox: MocopaySandbox, reference: string, word: string | null): void {
  switch (word) {
    case "PaymentComplete":
      sandbox.pay(reference)
      break
    case "Authorized":
      sandbox.authorize(reference)
      break
    case null:
      sandbox.set({ untouchedSessions: "unknown" })
      break
    default:
      sandbox.say(reference, word)
  }
}

function noRefunds(): never {
  throw new Error("MoCoPay has no refunds")
}
