import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { holdsCardData } from "../../providers/base/card-data"
import { invalidData } from "../../providers/base/errors"
import {
  optionalFields,
  payerFields,
  readStorefrontInput,
  storefrontKeys,
} from "../../providers/base/storefront-input"
import type { GatewayCapabilities, PayerField } from "../../providers/base/gateway"
import { isPlainObject } from "../../shared/plain-object"
import { gatewayOf, isOwnProvider } from "../../providers/registry"
import { cartOfCollection } from "./cart-of-collection"
import { payerFromCart } from "./payer-from-cart"

/**
 * Stands before `POST .../payment-collections/:id/payment-sessions`, the store's and the admin's. Medusa writes the
 * caller's `data` into its database before it asks the provider, so what must never be stored is refused or dropped
 * here; and it never tells the provider of the cart, so what the gateway needs of a guest is added here.
 */
export async function paymentSessionInput(
  req: MedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const body = isPlainObject(req.body) ? req.body : {}
  const providerId = body.provider_id
  if (typeof providerId !== "string" || !isOwnProvider(providerId)) {
    return next()
  }
  const data = isPlainObject(body.data) ? body.data : {}
  if (holdsCardData(data)) {
    throw invalidData(
      "Card data must not be sent to the store: it would be kept in its database. Nothing was stored. " +
        "Let the shopper enter the card on the gateway's own page"
    )
  }
  const { payer: told, ...listed } = Object.fromEntries(
    Object.entries(data).filter(([key]) => storefrontKeys.includes(key))
  )
  const rules = payerRules(req, providerId)
  const payer = await whoPays(req, payerFields(rules), told)
  // Read here, so that what can't be used or kept is refused before it is stored.
  const kept = readStorefrontInput({ ...listed, ...payer }, optionalFields(rules))
  req.body = { ...body, data: kept }
  if (isPlainObject(req.validatedBody)) {
    req.validatedBody = { ...req.validatedBody, data: kept } // what the admin's route reads, made before this runs
  }
  return next()
}

/** What the storefront tells of the payer goes before what the cart knows; what nobody needs is dropped. */
async function whoPays(
  req: MedusaRequest,
  needed: readonly PayerField[],
  told: unknown
): Promise<{ payer?: Record<string, unknown> }> {
  if (needed.length === 0) {
    return {}
  }
  const cart = await cartOfCollection(req.scope, String(req.params.id))
  const known = cart ? payerFromCart(cart, needed) : {}
  return { payer: { ...known, ...(isPlainObject(told) ? filledIn(told, needed) : {}) } }
}

function filledIn(
  told: Record<string, unknown>,
  needed: readonly PayerField[]
): Record<string, unknown> {
  return Object.fromEntries(
    needed.flatMap((field) => {
      const value = told[field]
      return value === undefined || value === null || value === "" ? [] : [[field, value]]
    })
  )
}

function payerRules(req: MedusaRequest, providerId: string): GatewayCapabilities["payer"] {
  const config = req.scope.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const log = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
  return gatewayOf(config, providerId, log)?.gateway.capabilities.payer ?? {}
}
