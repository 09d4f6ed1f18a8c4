import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Actor } from "../../modules/payout/payouts"
import { notAllowed } from "../../shared/medusa-error"

/**
 * Who acts, by the id that a request carries: an admin, with the e-mail by which the shop's config may name him. A
 * secret API key is the hand of the admin who made it: he could else make transfers with the key and approve them
 * as himself. A key that the shop's own code made, in nobody's name, stands for itself.
 *
 * @throws MedusaError not_allowed for a key whose maker was a key that is gone: nobody can tell whose hand it is
 */
export async function actorOf(container: MedusaContainer, id: string): Promise<Actor> {
  const admin = await findAdmin(container, id)
  if (admin) {
    return admin
  }
  const makerId = await makerOfKey(container, id)
  return makerId === undefined
    ? { id }
    : { ...((await findAdmin(container, makerId)) ?? { id: makerId }), key: id }
}

async function findAdmin(container: MedusaContainer, id: string): Promise<Actor | undefined> {
  const users = container.resolve(Modules.USER, { allowUnregistered: true })
  const [user] = (await users?.listUsers({ id: [id] })) ?? []
  return user && { id, email: user.email }
}

/** Undefined for what is no key, or one that nobody made. A key can be made with a key: the first one's maker counts. */
async function makerOfKey(container: MedusaContainer, id: string): Promise<string | undefined> {
  const keys = container.resolve(Modules.API_KEY, { allowUnregistered: true })
  const [key] = (await keys?.listApiKeys({ id: [id] })) ?? []
  if (!key) {
    return undefined
  }
  const maker = key.created_by
  if (!isKeyId(maker)) {
    return maker === "" ? undefined : maker
  }
  if (!(await keys?.listApiKeys({ id: [maker] }))?.length) {
    throw notAllowed(
      `The secret API key ${id} was made with another key, ${maker}, which is gone: nobody can tell whose it is. ` +
        "Log in as an admin and make a new key"
    )
  }
  return (await makerOfKey(container, maker)) ?? maker
}

/** As Medusa names them. */
function isKeyId(id: string): boolean {
  return id.startsWith("apk_")
}
