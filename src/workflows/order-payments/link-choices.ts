/** Which providers can make a link that the customer of an order is sent, and why the others can't; nothing is opened. */
import type { BigNumberInput, ConfigModule, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN } from "@medusajs/framework/utils"
import { decimal, decimalsFor, fixedAt, roundHalfUp } from "../../gateways/shared/money"
import { medusaAmount } from "../../providers/base/amounts"
import { notAllowed } from "../../providers/base/errors"
import type { PaymentGateway } from "../../providers/base/gateway"
import { configuredProviderIds, gatewayContextOf } from "../../providers/registry"
import { notFound } from "../../shared/errors"
import { type DueOnOrder, duesOnOrders } from "./amount-due"

/** Why nobody can be sent a link for an order. */
export const linkRefusals = [
  "canceled",
  "nothing_due",
  /** A charge of a saved method was sent and its outcome is not known. */
  "charge_not_settled",
  /** The order was placed on a code that can still be paid. */
  "placed_on_code",
] as const

/** Why a provider can't make one. */
export const linkProviderRefusals = [
  "no_links",
  "other_currency",
  "not_in_region",
  /** The shop's own options are against the amount. */
  "amount",
] as const

export type LinkChoice = {
  provider_id: string
  title: string
  reason: (typeof linkProviderRefusals)[number] | null
  /** More about the reason, where the gateway tells it. */
  detail: string | null
}

export type LinkChoices = {
  reason: (typeof linkRefusals)[number] | null
  providers: LinkChoice[]
}

type Underway = { isChargeUnsettled: boolean; isPlacedOnCode: boolean }

export async function linkChoices(
  container: MedusaContainer,
  due: DueOnOrder,
  underway: Underway
): Promise<LinkChoices> {
  const config: ConfigModule = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const enabled = await providersOfRegion(container, due.region_id)
  return {
    reason: refusalOf(due, underway),
    providers: configuredProviderIds(config).flatMap((provider_id) => {
      const gateway = gatewayContextOf(container, provider_id)?.context.gateway
      const money = { amount: due.due.toFixed(), currency: due.currency_code }
      return gateway
        ? [linkChoice(provider_id, gateway, { ...money, isInRegion: enabled.has(provider_id) })]
        : []
    }),
  }
}

/**
 * @param amount what is asked for, where that is not all that is due
 * @throws MedusaError not_found for an order that does not exist; not_allowed where the provider can't make a link for it
 */
export async function requireLinkChoice(
  container: MedusaContainer,
  { order_id, provider_id, amount }: WantedLink
): Promise<void> {
  const [due] = await duesOnOrders(container, [order_id])
  if (!due) {
    throw notFound(`There is no order ${order_id}`)
  }
  const gateway = gatewayContextOf(container, provider_id)?.context.gateway
  const enabled = await providersOfRegion(container, due.region_id)
  const choice =
    gateway &&
    linkChoice(provider_id, gateway, {
      amount: medusaAmount(amount ?? due.due.toFixed()),
      currency: due.currency_code,
      isInRegion: enabled.has(provider_id),
    })
  if (!choice) {
    throw notAllowed(`${provider_id} is no gateway of this package in the shop's config`)
  }
  if (choice.reason) {
    throw notAllowed(
      `${choice.title} can't make a link for this order: ${sentences[choice.reason]}` +
        (choice.detail ? ` (${choice.detail})` : "")
    )
  }
}

type WantedLink = { order_id: string; provider_id: string; amount?: BigNumberInput }

const sentences: Readonly<Record<NonNullable<LinkChoice["reason"]>, string>> = {
  no_links: "it has no links that can be sent to a customer",
  other_currency: "it does not take the order's currency",
  not_in_region: "it is not enabled in the order's region",
  amount: "the provider's options are against the amount",
}

/** The decision, without what is read for it. */
export function linkChoice(
  provider_id: string,
  gateway: Pick<PaymentGateway, "title" | "capabilities" | "decimals" | "amountProblem">,
  { amount, currency, isInRegion }: { amount: string; currency: string; isInRegion: boolean }
): LinkChoice {
  const choice = { provider_id, title: gateway.title, detail: null }
  if (!gateway.capabilities.links) {
    return { ...choice, reason: "no_links" }
  }
  const decimals = decimalsFor(gateway.decimals, currency)
  if (decimals === undefined) {
    return { ...choice, reason: "other_currency" }
  }
  if (!isInRegion) {
    return { ...choice, reason: "not_in_region" }
  }
  const rounded = fixedAt(roundHalfUp(decimal(amount), decimals), decimals)
  const problem = gateway.amountProblem?.({ amount: rounded, currency })
  return problem === undefined
    ? { ...choice, reason: null }
    : { ...choice, reason: "amount", detail: problem }
}

function refusalOf(
  { status, due }: DueOnOrder,
  { isChargeUnsettled, isPlacedOnCode }: Underway
): LinkChoices["reason"] {
  if (status === "canceled") {
    return "canceled"
  }
  if (!MathBN.gt(due, 0)) {
    return "nothing_due"
  }
  if (isChargeUnsettled) {
    return "charge_not_settled"
  }
  return isPlacedOnCode ? "placed_on_code" : null
}

async function providersOfRegion(
  container: MedusaContainer,
  regionId: string | null
): Promise<ReadonlySet<string>> {
  if (regionId === null) {
    return new Set()
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "region",
    fields: ["payment_providers.id", "payment_providers.is_enabled"],
    filters: { id: regionId },
  })
  const providers: readonly ({ id: string; is_enabled?: boolean } | null)[] =
    data[0]?.payment_providers ?? []
  return new Set(
    providers.flatMap((provider) =>
      provider && provider.is_enabled !== false ? [provider.id] : []
    )
  )
}
