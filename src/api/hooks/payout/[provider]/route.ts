import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { findPayoutProvider } from "../../../../workflows/payout/payouts-of"
import { receiveWebhook } from "../../../webhook/receive-webhook"

/** What the gateways tell of payouts, at `/hooks/payout/<gateway>_<id>`. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const providerId = `po_${String(req.params.provider)}`
  const provider = findPayoutProvider(req.scope, providerId)
  if (!provider) {
    res.status(404).json({ message: "There is no such payout provider" })
    return
  }
  await receiveWebhook(req, res, {
    providerId,
    title: provider.title,
    parseWebhook: (message) => provider.parseWebhook(message),
  })
}
