import { PaymentzPaymentProvider } from "../../src/providers/paymentz"
import type { GatewayData } from "./gateway-data"
import { paymentz } from "./paymentz.data"
import { startPaymentz, wrapped } from "./paymentz-sandbox"
import { withChoice } from "./support/shopper-choice"

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
