import { isDeepStrictEqual } from "node:util"
import {
  type MedusaNextFunction,
  type MedusaRequest,
  type MedusaResponse,
  refetchEntity,
} from "@medusajs/framework/http"
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, PaymentSessionStatus } from "@medusajs/framework/utils"
import { LeaseTakenError } from "../../modules/payment-journal/repositories/leases"
import { holdsCardData } from "../../providers/base/card-data"
import { invalidData } from "../../providers/base/errors"
import type { GatewayCapabilities, Payer, PayerField } from "../../providers/base/gateway"
import {
  optionalFields,
  payerFields,
  readStorefrontInput,
  storefrontKeys,
} from "../../providers/base/storefront-input"
import { gatewayOf, isOwnProvider } from "../../providers/registry"
import { isPlainObject } from "../../shared/validation"
import { leaseKeys, withLeaseOf } from "../../workflows/leases"
import { answerAfter } from "./answer-after"

/**
 * Stands before `POST .../payment-collections/:id/payment-sessions`, the store's and the admin's. Medusa writes the
 * caller's `data` into its database before it asks the provider, so what must never be stored is refused or dropped
 * here; and it does not pass the cart to the provider, so what the gateway needs of a guest is added here.
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
  const { payer: given, ...listed } = Object.fromEntries(
    Object.entries(data).filter(([key]) => storefrontKeys.includes(key))
  )
  const rules = payerRules(req, providerId)
  const payer = await whoPays(req, payerFields(rules), given)
  // Read here, so that what can't be used or stored is refused before it is written.
  const input = readStorefrontInput({ ...listed, ...payer }, optionalFields(rules))
  req.body = { ...body, data: input }
  if (isPlainObject(req.validatedBody)) {
    req.validatedBody = { ...req.validatedBody, data: input } // what the admin's route reads, made before this runs
  }
  return next()
}

/** The storefront's fields of the payer take precedence over the cart's; what the gateway does not need is dropped. */
async function whoPays(
  req: MedusaRequest,
  needed: readonly PayerField[],
  given: unknown
): Promise<{ payer?: Record<string, unknown> }> {
  if (needed.length === 0) {
    return {}
  }
  const cart = await cartWithPayer(req.scope, String(req.params.id))
  const known = cart ? payerFromCart(cart, needed) : {}
  return { payer: { ...known, ...(isPlainObject(given) ? filledIn(given, needed) : {}) } }
}

function filledIn(
  given: Record<string, unknown>,
  needed: readonly PayerField[]
): Record<string, unknown> {
  return Object.fromEntries(
    needed.flatMap((field) => {
      const value = given[field]
      return value === undefined || value === null || value === "" ? [] : [[field, value]]
    })
  )
}

function payerRules(req: MedusaRequest, providerId: string): GatewayCapabilities["payer"] {
  const config = req.scope.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const log = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
  return gatewayOf(config, providerId, log)?.gateway.capabilities.payer ?? {}
}

type Address = {
  first_name?: string | null
  last_name?: string | null
  phone?: string | null
  country_code?: string | null
}

export type CartPayer = {
  id: string
  email?: string | null
  billing_address?: Address | null
  shipping_address?: Address | null
}

/** The cart that a payment collection belongs to, with what is known of the payer; undefined where there is none. */
export async function cartWithPayer(
  container: MedusaContainer,
  paymentCollectionId: string
): Promise<CartPayer | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "cart_payment_collection",
    fields: ["cart.id", "cart.email", "cart.billing_address.*", "cart.shipping_address.*"],
    filters: { payment_collection_id: paymentCollectionId },
  })
  return data[0]?.cart ?? undefined
}

/** Who pays, as far as a cart holds it and the gateway needs it: the billing address before the shipping one. */
export function payerFromCart(cart: CartPayer, needed: readonly PayerField[]): Payer {
  const addresses = [cart.billing_address, cart.shipping_address]
  const name = first(addresses, (address) =>
    [address.first_name, address.last_name].filter((part) => part).join(" ")
  )
  const known: Payer = {
    name,
    email: cart.email ?? undefined,
    phone: first(addresses, (address) => address.phone),
    country: first(addresses, (address) => address.country_code)?.toUpperCase(),
  }
  return Object.fromEntries(
    needed.flatMap((field) => (known[field] ? [[field, known[field]]] : []))
  )
}

function first(
  addresses: readonly CartPayer["billing_address"][],
  read: (address: NonNullable<CartPayer["billing_address"]>) => string | null | undefined
): string | undefined {
  for (const address of addresses) {
    const value = address && read(address)
    if (value) {
      return value
    }
  }
  return undefined
}

/** Longer than it takes to open a payment at a gateway that answers, in milliseconds. */
const patienceMs = 20_000

/**
 * Stands before the routes that create a payment session. Core creates the new session and deletes those it read
 * before at the same time, so of two requests at one moment (a double tap) one fails with 500, or both leave a
 * session that can be paid. Here the second waits for the first: the same choice is answered with the session that
 * was just created, another one replaces it. 409 where the first does not come to its end.
 */
export async function oneChoiceAtATime(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const key = leaseKeys.paymentChoice(String(req.params.id))
  try {
    return await answerAfter(res, next, async (handle) => {
      await withLeaseOf(req.scope, key, handle, { patienceMs: 0 })
    })
  } catch (error) {
    rethrowUnlessTaken(error)
  }
  try {
    await answerAfter(res, next, async (handle) => {
      const chooseUnlessSame = async () => {
        const isAnswered = await answerWithSameChoice(req, res)
        return isAnswered ? undefined : await handle()
      }
      await withLeaseOf(req.scope, key, chooseUnlessSame, { patienceMs })
    })
  } catch (error) {
    rethrowUnlessTaken(error)
    res.status(409).json({
      type: "not_allowed",
      code: "payment_method_being_chosen",
      message:
        "A payment method is being chosen for this cart at this moment, and this request did nothing. Load the " +
        "cart again in a few seconds, and choose again if it has no payment session",
    })
  }
}

function rethrowUnlessTaken(error: unknown): void {
  if (!(error instanceof LeaseTakenError)) {
    throw error
  }
}

type Session = {
  provider_id: string
  status: string
  amount: BigNumberInput
  raw_amount?: BigNumberInput | null
  data?: Record<string, unknown> | null
}

type Collection = {
  amount: BigNumberInput
  raw_amount?: BigNumberInput | null
  payment_sessions?: (Session | null)[] | null
}

async function answerWithSameChoice(req: MedusaRequest, res: MedusaResponse): Promise<boolean> {
  const id = String(req.params.id)
  const body = isPlainObject(req.body) ? req.body : {}
  if (!isChosen(await collectionOf(req.scope, id), body)) {
    return false
  }
  const payment_collection = await refetchEntity({
    entity: "payment_collection",
    idOrFilter: id,
    scope: req.scope,
    fields: req.queryConfig.fields,
  })
  res.status(200).json({ payment_collection })
  return true
}

async function collectionOf(
  container: MedusaContainer,
  id: string
): Promise<Collection | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment_collection",
    fields: ["id", "amount", "raw_amount", "payment_sessions.*"],
    filters: { id },
  })
  return data[0]
}

/** Whether the collection's one session is what a request asks for, and can still be paid. */
function isChosen(collection: Collection | undefined, body: Record<string, unknown>): boolean {
  const [session, ...others] = collection?.payment_sessions ?? []
  if (!collection || !session || others.length > 0) {
    return false
  }
  const asked = isPlainObject(body.data) ? body.data : {}
  return (
    session.provider_id === body.provider_id &&
    session.status === PaymentSessionStatus.PENDING &&
    MathBN.eq(session.raw_amount ?? session.amount, collection.raw_amount ?? collection.amount) &&
    holds(session.data ?? {}, asked)
  )
}

/** What is cleared once it was used (see `clearedData`) can't be compared, and counts as the same. */
function holds(data: Record<string, unknown>, asked: Record<string, unknown>): boolean {
  return Object.entries(asked).every(([key, value]) => {
    const held = data[key] ?? null
    return (
      held === null ||
      isDeepStrictEqual(held, value) ||
      (isPlainObject(held) && isPlainObject(value) && holds(held, value))
    )
  })
}
