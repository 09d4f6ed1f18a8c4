import type { MedusaContainer } from "@medusajs/framework/types"
import { PAYOUT_MODULE } from "../../modules/payout/module-name"
import type { AbstractPayoutProvider } from "../../modules/payout/payout-provider"
import type { Payouts } from "../../modules/payout/payouts"
import type { Transfer } from "../../modules/payout/transfer"

export function payoutsOf(container: MedusaContainer): Payouts {
  return container.resolve<Payouts>(PAYOUT_MODULE)
}

/** For whoever works on payments too, in a shop that may have no payouts. */
export function payoutsIfAny(container: MedusaContainer): Payouts | undefined {
  return container.resolve<Payouts>(PAYOUT_MODULE, { allowUnregistered: true })
}

/**
 * For jobs: undefined too where the shop's config names no payout provider. Nothing can be sent or asked about
 * there, so that the database is left alone.
 */
export function configuredPayouts(container: MedusaContainer): Payouts | undefined {
  const payouts = payoutsIfAny(container)
  return payouts && payouts.listProviders().length > 0 ? payouts : undefined
}

/** @param id such as `po_mocasa_main` */
export function findPayoutProvider(
  container: MedusaContainer,
  id: string
): AbstractPayoutProvider | undefined {
  const payouts = payoutsIfAny(container)
  return payouts?.listProviders().some((provider) => provider.id === id)
    ? payouts.provider(id)
    : undefined
}

export async function transferOfReference(
  container: MedusaContainer,
  reference: string
): Promise<Transfer | undefined> {
  return await payoutsIfAny(container)?.findTransfer(reference)
}
