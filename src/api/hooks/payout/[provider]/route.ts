import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { findPayoutProvider } from "../../../../workflows/payouts/payout-workflow"
import { namedProvider } from "../../../webhook/webhook-routes"
import { receiveWebhook } from "../../../webhook/receive-webhook"

/** The gateways' messages about payouts, at `/hooks/payout/<gateway>_<id>`. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const find = (id: string) => findPayoutProvider(req.scope, id)
  const providerId = namedProvider(String(req.params.provider), "po_", (id) => Boolean(find(id)))
  const provider = providerId && find(providerId)
  if (!providerId || !provider) {
    res.status(404).json({ message: "There is no such payout provider" })
    return
  }
  await receiveWebhook(req, res, {
    providerId,
    title: provider.title,
    webhooks: "signed",
    parseWebhook: (message) => provider.parseWebhook(message),
  })
}
