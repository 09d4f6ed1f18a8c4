import { MocasaPaymentProvider } from "../../src/providers/mocasa"
import { startMocasaSandbox, type MocasaSandbox } from "../sandbox/mocasa"
import type {
  GatewayData,
  GatewaySandbox,
  Operation,
  SandboxSettings,
} from "../../src/testing/conformance/gateway-data"
import { operationsAt } from "./support/operations-at"

const secrets = {
  clientKey: "mp_markedClientKey5hT",
  clientSecret: "se_markedClientSecret8qW",
  webhookSecret: "wh_markedWebhookSecret2rK",
  previousWebhookSecret: "wh_markedPreviousSecret4vB",
}

const paths: Readonly<Partial<Record<Operation, string>>> = {
  token: "/auth/token/apply",
  create: "/payment/order/create",
  query: "/payment/order/query",
  ask: "/payment/order/query",
  refund: "/payment/order/refund",
}

export const mocasa: GatewayData = {
  identifier: "mocasa",
  capabilities: {
    capture: "automatic",
    refund: "full",
    voids: false,
    links: true,
    webhooks: "signed",
    receivesInParts: false,
    payable: "without_end",
    payer: {},
  },
  wire: {
    ordersOpenedBy: "server",
    findsOrdersByReference: true,
    namesMoney: false,
    namesCurrency: false,
    accessToken: true,
    tellsFailure: true,
    paidAfterFailed: true,
    expires: false,
    settledCode: "ORDER_SETTLED",
    webhookEncodings: ["json", "form"],
    signsAmount: false,
  },
  currencies: { php: 2 },
  nextActions: ["redirect"],
  statuses: [
    { word: "success", session: "paid" },
    { word: "failed", session: "error" },
    { word: null, session: "pending" },
  ],
  refundWords: { made: "success", declined: ["failed"], pending: ["processing", "pending"] },
  misleading: {
    create: [
      envelope({ orderNo: "SOMEBODY-ELSES", paymentLink: "https://pay.test/1" }),
      envelope({ paymentLink: "https://pay.test/1" }),
    ],
    query: [
      envelope({ orderNo: "SOMEBODY-ELSES", txStatus: "success" }),
      envelope({ txStatus: "success" }),
      envelope(null),
      { ...envelope(null), success: "true" },
      { data: { txStatus: "success" } },
    ],
    refund: [
      envelope({ orderNo: "SOMEBODY-ELSES", refundStatus: "success" }),
      envelope({ refundStatus: "success" }),
      envelope(null),
      { data: { refundStatus: "success" } },
    ],
  },
  changeSignature: ({ headers, ...webhook }, change) => ({
    ...webhook,
    headers: { ...headers, signature: change(String(headers.signature)) },
  }),
  Provider: MocasaPaymentProvider,
  startSandbox,
}

function envelope(data: { readonly [key: string]: string } | null) {
  return { success: true, code: "SUCCESS", message: "success", data }
}

async function startSandbox({ webhookUrl, signsWith }: SandboxSettings): Promise<GatewaySandbox> {
  const sandbox = await startMocasaSandbox({
    clientKey: secrets.clientKey,
    clientSecret: secrets.clientSecret,
    webhookSecret: signsWith === "current" ? secrets.webhookSecret : secrets.previousWebhookSecret,
    webhookUrl,
    webhookRetryDelayMs: 1,
  })
  return {
    url: sandbox.url,
    options: { baseUrl: sandbox.url, returnUrl: "https://shop.test/return", ...secrets },
    secrets: () => [...Object.values(secrets), ...tokensOf(sandbox)],
    pay: (reference) => void sandbox.pay(reference),
    fail: (reference) => void sandbox.decline(reference),
    expire: () => {
      throw new Error("Mocasa's orders do not expire")
    },
    say: (reference, word) => say(sandbox, reference, word),
    settle: (reference) => void sandbox.settle(reference),
    answerRefundsWith: (refundStatus) => sandbox.set({ refundStatus }),
    finishRefund: (reference, end) => {
      sandbox.finishRefund(reference, end === "made" ? "success" : "failed")
    },
    orders: () => sandbox.orders.all().map(({ orderNo }) => orderNo),
    moves: (kind, reference) =>
      kind === "payment" || kind === "refund"
        ? sandbox.ledger
            .entries({ kind, reference })
            .map(({ amount, currency }) => ({ amount, currency: currency.toLowerCase() }))
        : [],
    ...operationsAt(sandbox, paths),
    endTokens: () => sandbox.revokeTokens(),
    newTokenEndsLast: (newTokenEndsOthers) => sandbox.set({ newTokenEndsOthers }),
    setWebhooks: ({ forged, copies, encoding, amount }) =>
      sandbox.set({
        webhookUrl, // switches them on again, which Mocasa does not do by itself
        forgeWebhooks: forged,
        webhookCopies: copies,
        webhookEncoding: encoding,
        webhookAmount: amount,
      }),
    claimPaid: (reference, amount) =>
      sandbox.webhooks.send({
        about: "orderNo",
        reference,
        amount: Number(amount),
        txStatus: "success",
        txMessage: "Payment successful",
        txTime: Date.now(),
      }),
    webhooksSettled: () => sandbox.webhooks.settled(),
    close: () => sandbox.close(),
  }
}

function say(sandbox: MocasaSandbox, reference: string, word: string | null): void {
  switch (word) {
    case "success":
      sandbox.pay(reference)
      break
    case "failed":
      sandbox.decline(reference)
      break
    default:
      sandbox.set({ unpaidTxStatus: word })
  }
}

function tokensOf(sandbox: MocasaSandbox): string[] {
  const tokens = sandbox.calls.list().map(({ headers }) => headers["accesstoken"])
  return [...new Set(tokens)].filter((token) => token !== undefined)
}
