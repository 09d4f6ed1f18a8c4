import type { MedusaContainer } from "@medusajs/framework/types"
import { webhookWorkerOf } from "../workflows/webhooks/process-webhook"

/** Works on the messages that were left over: by a server that died after its answer, or because they failed. */
export default async function workOnWebhooks(container: MedusaContainer): Promise<void> {
  await webhookWorkerOf(container).drain()
}

export const config = {
  name: "work-on-gateway-webhooks",
  schedule: "*/5 * * * * *",
}
