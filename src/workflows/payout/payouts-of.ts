import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { PAYOUT_MODULE } from "../../modules/payout/module-name"
import type { Actor, Payouts } from "../../modules/payout/payouts"

export function payoutsOf(container: MedusaContainer): Payouts {
  return container.resolve<Payouts>(PAYOUT_MODULE)
}

/** An admin by the id that the session carries, with the e-mail by which the shop's config may name him. */
export async function actorOf(container: MedusaContainer, id: string): Promise<Actor> {
  const users = container.resolve(Modules.USER, { allowUnregistered: true })
  const [user] = (await users?.listUsers({ id: [id] })) ?? []
  return user ? { id, email: user.email } : { id }
}
