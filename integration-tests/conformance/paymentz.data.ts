import { PaymentzPaymentProvider } from "../../src/providers/paymentz"
import type { PaymentzSandbox } from "../sandbox/paymentz"
import type { GatewayData } from "../../src/testing/conformance/gateway-data"
import { currencies, type PaymentzHabits, startPaymentz, wrapped } from "./paymentz-sandbox"
import { withBrowser, withChoice } from "../../src/testing/conformance/support/shopper"

/** The hosted page, with the money taken at once. */
export const paymentz: GatewayData = {
  identifier: "paymentz",
  capabilities: {
    capture: "automatic",
    refund: "single_partial",
    refundsSettleWithinDays: 10,
    voids: false,
    links: true,
    webhooks: "signed",
    receivesInParts: false,
    payable: "without_end",
    payer: {},
  },
  wire: {
    ordersOpenedBy: "browser",
    findsOrdersByReference: true,
    namesMoney: true,
    namesCurrency: true,
    accessToken: true,
    tellsFailure: true,
    paidAfterFailed: true,
    expires: false,
    settledCode: null,
    webhookEncodings: ["json"],
    signsAmount: true,
  },
  currencies,
  nextActions: ["post_form"],
  statuses: [
    { word: "begun", session: "pending" },
    { word: "authstarted", session: "pending" },
    { word: "authsuccessful", session: "pending" },
    { word: "authfailed", session: "error" },
    { word: "authcancelled", session: "canceled" },
    { word: "cancelstarted", session: "pending" },
    { word: "cancelled", session: "canceled" },
    { word: "capturestarted", session: "pending" },
    { word: "capturesuccess", session: "paid" },
    { word: "capturefailed", session: "error" },
    { word: "settled", session: "paid" },
    { word: "markedforreversal", session: "pending" },
    { word: "reversed", session: "canceled" },
    { word: "chargeback", session: "error" },
    { word: "failed", session: "error" },
    { word: "payoutstarted", session: "pending" },
    { word: "payoutsuccessful", session: "pending" },
    { word: "payoutfailed", session: "pending" },
    { word: null, session: "pending" },
  ],
  // 00001 acknowledges what goes on: only 00005 says that it was refunded.
  refundWords: { made: "00005", declined: ["10006"], pending: ["00001"] },
  misleading: {
    query: [
      record({ merchantTransactionId: "SOMEBODYELSES" }),
      record({}),
      record({ merchantTransactionId: "" }),
      { paymentId: "54289", status: "capturesuccess", transactionStatus: "Y" },
      { result: { code: "00026", description: "Your record found successfully" } },
      { result: { code: "00001", description: "Transaction succeeded" }, transactionStatus: "Y" },
    ],
    refund: [
      refunded({ paymentId: "999" }),
      refunded({}),
      { paymentId: "54289", result: { code: "200", description: "OK" } },
      { paymentId: "54289", status: "reversed" },
    ],
  },
  changeSignature: ({ body, ...webhook }, change) => {
    const { checksum, ...fields } = JSON.parse(body.toString("utf8"))
    const changed = change(String(checksum))
    return { ...webhook, body: Buffer.from(JSON.stringify({ ...fields, checksum: changed })) }
  },
  Provider: withBrowser(PaymentzPaymentProvider),
  startSandbox: async (settings) =>
    wrapped(await startPaymentz(settings), settings.webhookUrl, { capture: "automatic" }),
}

/** The same with a sandbox that is handed over as it is. */
export function paymentzWith(
  handOver: (sandbox: PaymentzSandbox) => void,
  habits: PaymentzHabits = { capture: "automatic" }
): GatewayData {
  return {
    ...paymentz,
    async startSandbox(settings) {
      const sandbox = await startPaymentz(settings)
      handOver(sandbox)
      return wrapped(sandbox, settings.webhookUrl, habits)
    },
  }
}

function record(fields: { readonly [key: string]: string }) {
  return {
    paymentId: "54289",
    status: "capturesuccess",
    transactionStatus: "Y",
    amount: "100.00",
    currency: "USD",
    result: { code: "00026", description: "Your record found successfully" },
    ...fields,
  }
}

function refunded(fields: { readonly [key: string]: string }) {
  return { result: { code: "00005", description: "Refunded" }, ...fields }
}

const bank = { payment_mode: "NB", payment_brand: "TESTBANK" }

/** A bank in place of a card: the shop's server opens the payment, and the shopper is sent to the bank. */
export const paymentzRest: GatewayData = {
  ...paymentz,
  variant: "rest",
  capabilities: {
    ...paymentz.capabilities,
    payer: {
      name: { required: false, maxLength: 100 },
      email: { required: false, maxLength: 100 },
      phone: { required: false, maxLength: 20 },
      country: { required: false, maxLength: 2 },
    },
  },
  // An inquiry tells that a payment exists, and never its redirect again.
  wire: { ...paymentz.wire, ordersOpenedBy: "server", findsOrdersByReference: false },
  nextActions: ["redirect"],
  misleading: {
    ...paymentz.misleading,
    create: [
      opened({ merchantTransactionId: "SOMEBODYELSES" }),
      opened({}),
      { result: { code: "10001", description: "Transaction failed" } },
      { result: { code: "00001", description: "Transaction succeeded" } },
      opened({ redirect: { url: "javascript:alert(1)", method: "GET", parameters: [] } }),
    ],
  },
  choice: bank,
  Provider: withChoice(PaymentzPaymentProvider, bank),
  startSandbox: async (settings) =>
    wrapped(await startPaymentz(settings), settings.webhookUrl, {
      capture: "automatic",
      integration: "rest",
    }),
}

type Redirect = { url: string; method: string; parameters: never[] }

function opened(fields: { readonly merchantTransactionId?: string; readonly redirect?: Redirect }) {
  return {
    paymentId: "54289",
    status: "authstarted",
    transactionStatus: "P",
    result: { code: "00001", description: "Transaction succeeded" },
    redirect: { url: "https://pay.test/1", method: "GET", parameters: [] },
    ...fields,
  }
}

/** The hosted page, with the money reserved and captured later. */
export const paymentzManual: GatewayData = {
  ...paymentz,
  variant: "manual",
  capabilities: {
    ...paymentz.capabilities,
    capture: "single_partial",
    voids: true,
    remindsOfReservationsAfterDays: 5,
  },
  statuses: paymentz.statuses.map((row) => {
    switch (row.word) {
      case "authsuccessful":
        return { ...row, session: "reserved" }
      case "capturefailed":
        // The reservation may still stand, and be captured again.
        return { ...row, session: "pending" }
      default:
        return row
    }
  }),
  startSandbox: async (settings) =>
    wrapped(await startPaymentz(settings), settings.webhookUrl, { capture: "manual" }),
}

/** A card that the customer saved before, by a merchant-initiated charge. */
export const paymentzSavedCard: GatewayData = {
  ...paymentz,
  variant: "saved-card",
  wire: { ...paymentz.wire, ordersOpenedBy: "server" },
  nextActions: ["none"],
  charges: { asksForCode: false, belongsToCustomer: true, confirms: true },
  Provider: PaymentzPaymentProvider,
  startSandbox: async (settings) =>
    wrapped(await startPaymentz(settings), settings.webhookUrl, {
      capture: "automatic",
      charges: true,
    }),
}
