import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError, Modules, PaymentWebhookEvents } from "@medusajs/framework/utils"
import { gatewayContextOf } from "../../../../providers/gateway-context-of"

const formType = "application/x-www-form-urlencoded"

/** As Medusa's own route waits before it looks into a webhook, in milliseconds. */
const defaultDelayMs = 5_000
const defaultAttempts = 3

/**
 * Some gateways notify by GET, and Medusa's own route at this path takes only POST. Such a notification goes
 * the same way, with its query in the place of the body. Only gateways that do not sign can notify so.
 */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const provider = String(req.params.provider)
  const gateway = gatewayContextOf(req.scope, `pp_${provider}`)?.context.gateway
  if (gateway?.capabilities.webhooks !== "unsigned") {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, "Nothing is notified here by GET")
  }
  const query = queryOf(req.originalUrl)
  const { delay, attempts } = webhookOptions(req)
  await req.scope.resolve(Modules.EVENT_BUS).emit(
    {
      name: PaymentWebhookEvents.WebhookReceived,
      data: {
        provider,
        payload: {
          data: req.query,
          rawData: Buffer.from(query),
          headers: { ...req.headers, "content-type": formType },
        },
      },
    },
    { delay, attempts }
  )
  res.sendStatus(200)
}

/** Byte for byte, as it came. */
function queryOf(url: string): string {
  const mark = url.indexOf("?")
  return mark === -1 ? "" : url.slice(mark + 1)
}

/** The payment module's own settings for its webhooks. */
function webhookOptions(req: MedusaRequest): { delay: number; attempts: number } {
  const options: unknown = Reflect.get(req.scope.resolve(Modules.PAYMENT), "options")
  return {
    delay: numberOf(options, "webhook_delay") ?? defaultDelayMs,
    attempts: numberOf(options, "webhook_retries") ?? defaultAttempts,
  }
}

function numberOf(options: unknown, name: string): number | undefined {
  const value: unknown =
    typeof options === "object" && options !== null ? Reflect.get(options, name) : undefined
  return typeof value === "number" && value > 0 ? value : undefined
}
