import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError, Modules } from "@medusajs/framework/utils"

/** What the storefront must know before it can ask the Store API. The key is made for browsers; it is no secret. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const keys = await req.scope.resolve(Modules.API_KEY).listApiKeys({ type: "publishable" })
  const key = keys.find(({ revoked_at }) => revoked_at === null)
  if (!key) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      "The shop has no publishable API key: make one in the dashboard under Settings"
    )
  }
  res.json({
    publishableKey: key.token,
    // Only the demo has it: the sandbox's wallet scans a QR by its text.
    walletUrl: process.env.KESS_WALLET_URL ?? null,
  })
}
