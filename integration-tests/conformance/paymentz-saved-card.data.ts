import { PaymentzPaymentProvider } from "../../src/providers/paymentz"
import type { GatewayData } from "./gateway-data"
import { paymentz } from "./paymentz.data"
import { startPaymentz, wrapped } from "./paymentz-sandbox"

/** A card that the customer saved before, charged by the shop's server. */
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
