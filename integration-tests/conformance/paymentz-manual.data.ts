import type { GatewayData } from "./gateway-data"
import { paymentz } from "./paymentz.data"
import { startPaymentz, wrapped } from "./paymentz-sandbox"

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
