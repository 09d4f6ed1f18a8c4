import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { PAYOUT_MODULE } from "../../modules/payout/module-name"
import type { AbstractPayoutProvider } from "../../modules/payout/payout-provider"
import type { Actor, Payouts } from "../../modules/payout/payouts"
import type { Transfer } from "../../modules/payout/transfer"

export function payoutsOf(container: MedusaContainer): Payouts {
  return container.resolve<Payouts>(PAYOUT_MODULE)
}

/** For whoever works on payments too, in a shop that may have no payouts. */
export function payoutsIfAny(container: MedusaContainer): Payouts | undefined {
  return container.resolve<Payouts>(PAYOUT_MODULE, { allowUnregistered: true })
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

/** An admin by the id that the session carries, with the e-mail by which the shop's config may name him. */
export async function actorOf(container: MedusaContainer, id: string): Promise<Actor> {
  const users = container.resolve(Modules.USER, { allowUnregistered: true })
  const [user] = (await users?.listUsers({ id: [id] })) ?? []
  return user ? { id, email: user.email } : { id }
}
