import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  unusableProviders,
  warningOf,
  type UnusableProvider,
} from "../../workflows/payments/unusable-providers"

type Listed = { payment_providers: ({ id: string } | null | undefined)[]; count: number }

/**
 * Stands before `GET /store/payment-providers`: a provider whose gateway does not take the region's currency is left
 * out of what is answered, because every shopper who chose it would be refused.
 */
export async function usableProviders(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const regionId = req.query.region_id
  const unusable = typeof regionId === "string" ? await unusableProviders(req.scope, regionId) : []
  if (unusable.length > 0) {
    warnOnce(req, unusable)
    const hidden = new Set(unusable.map(({ providerId }) => providerId))
    const answer = res.json.bind(res)
    res.json = (body: unknown) => answer(isListed(body) ? without(body, hidden) : body)
  }
  return next()
}

/** The warnings logged since this server started: there are no more than there are regions and providers. */
const logged = new Set<string>()

/** A region may have changed since the start, when the job `check-regions` looked. */
function warnOnce(req: MedusaRequest, unusable: readonly UnusableProvider[]): void {
  for (const warning of unusable.map(warningOf).filter((text) => !logged.has(text))) {
    logged.add(warning)
    req.scope.resolve(ContainerRegistrationKeys.LOGGER).warn(warning)
  }
}

function without(body: Listed, hidden: ReadonlySet<string>): Listed {
  const shown = body.payment_providers.filter((provider) => !provider || !hidden.has(provider.id))
  return {
    ...body,
    payment_providers: shown,
    count: body.count - (body.payment_providers.length - shown.length),
  }
}

function isListed(body: unknown): body is Listed {
  return (
    typeof body === "object" &&
    body !== null &&
    Array.isArray(Reflect.get(body, "payment_providers")) &&
    typeof Reflect.get(body, "count") === "number"
  )
}
