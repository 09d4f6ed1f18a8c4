import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError, Modules } from "@medusajs/framework/utils"
import { type Actor, isSameEmail, systemHand } from "../modules/payout/actor"
import { systemActor } from "../shared/audit-line"
import { notAllowed } from "../shared/errors"

/** When this server started: an e-mail names only who was an admin by then. */
const startedAt = new Date()

/**
 * Who acts, by the id that a request carries: the shop's own code, an admin who is there, or a secret API key that is
 * there. A token of a deleted admin is valid until it expires, and so is a key in the moment that it is revoked: both
 * are nobody. A key is the hand of the admin who made it: they could else make transfers with the key and approve
 * them as themselves. A key that the shop's own code made, without a user, stands for itself.
 *
 * @throws MedusaError unauthorized for whoever is not there (any more)
 * @throws MedusaError not_allowed for a key whose maker was a key that is gone: nobody can tell whose hand it is
 */
export async function actorOf(container: MedusaContainer, id: string): Promise<Actor> {
  if (id === systemActor) {
    return systemHand
  }
  const user = await findUser(container, id)
  if (user) {
    const email = await emailOfOne(container, user)
    return { type: "user", id, since: new Date(user.created_at), email }
  }
  const key = await findKey(container, id)
  if (key && !isRevoked(key)) {
    const maker = (await makerOf(container, key)) ?? id
    return { type: "key", id: maker, key: id, since: new Date(key.created_at) }
  }
  throw new MedusaError(
    MedusaError.Types.UNAUTHORIZED,
    "Whoever this login or secret API key belonged to is not there any more. Log in again"
  )
}

async function findUser(container: MedusaContainer, id: string) {
  const users = container.resolve(Modules.USER, { allowUnregistered: true })
  const [user] = (await users?.listUsers({ id: [id] })) ?? []
  return user
}

async function findKey(container: MedusaContainer, id: string) {
  const keys = container.resolve(Modules.API_KEY, { allowUnregistered: true })
  const [key] = (await keys?.listApiKeys({ id: [id] })) ?? []
  return key
}

function isRevoked({ revoked_at }: { revoked_at?: Date | string | null }): boolean {
  return revoked_at !== null && revoked_at !== undefined && new Date(revoked_at) <= new Date()
}

/** Undefined for a key that nobody made. A key can be made with a key: the first one's maker counts. */
async function makerOf(
  container: MedusaContainer,
  { id, created_by: maker }: { id: string; created_by: string }
): Promise<string | undefined> {
  if (!isKeyId(maker)) {
    return maker === "" ? undefined : maker
  }
  const key = await findKey(container, maker)
  if (!key) {
    throw notAllowed(
      `The secret API key ${id} was made with another key, ${maker}, which is gone: nobody can tell whose it is. ` +
        "Log in as an admin and make a new key"
    )
  }
  return (await makerOf(container, key)) ?? maker
}

/** As Medusa names them. */
function isKeyId(id: string): boolean {
  return id.startsWith("apk_")
}

type Named = { id: string; email: string; created_at: Date | string; deleted_at?: unknown }

/** Their e-mail where it names them alone; null where the option `approvers` would not know whom it means by it. */
async function emailOfOne(container: MedusaContainer, user: Named): Promise<string | null> {
  const named = await whoIsNamed(container, user.email)
  return named.type === "one" && named.id === user.id ? user.email : null
}

/** Many more than there are e-mails that hold another one. */
const mostLookedAt = 1_000

export type EmailHolder =
  { type: "one"; id: string } | { type: "nobody" } | { type: "late" } | { type: "several" }

/**
 * The one admin whom an e-mail of the option `approvers` names, as of the start of this server: an invite can be
 * accepted with any e-mail, so that a name that nobody has, or that somebody had before, could be taken by anybody. Two
 * that differ by their case alone are one name.
 */
export async function whoIsNamed(container: MedusaContainer, email: string): Promise<EmailHolder> {
  const users = container.resolve(Modules.USER, { allowUnregistered: true })
  // Those that were deleted too: who comes after them has not inherited what they might do.
  const found: Named[] =
    (await users?.listUsers({ q: email.trim() }, { withDeleted: true, take: mostLookedAt })) ?? []
  const [first, ...others] = found.filter((one) => isSameEmail(one.email, email))
  if (!first) {
    return { type: "nobody" }
  }
  if (others.length > 0 || first.deleted_at) {
    return { type: "several" }
  }
  return new Date(first.created_at) > startedAt ? { type: "late" } : { type: "one", id: first.id }
}

/** By the ids under which audit lines and rows have people; what is not in it is known by its id alone. */
export type ActorNames = ReadonlyMap<string, string>

/**
 * What people call those who did something: an admin's name, else their e-mail address, also of one who was deleted
 * since; a secret API key's title. `system` has no name.
 */
export async function actorNames(
  container: MedusaContainer,
  ids: readonly (string | null | undefined)[]
): Promise<ActorNames> {
  const known = [...new Set(ids.flatMap((id) => id ?? []))]
  if (known.length === 0) {
    return new Map()
  }
  const users = container.resolve(Modules.USER, { allowUnregistered: true })
  const keys = container.resolve(Modules.API_KEY, { allowUnregistered: true })
  const [people, apiKeys] = await Promise.all([
    users?.listUsers({ id: known }, { take: known.length, withDeleted: true }),
    keys?.listApiKeys({ id: known }, { take: known.length, withDeleted: true }),
  ])
  return new Map([
    ...(people ?? []).map((user) => [user.id, personName(user)] as const),
    ...(apiKeys ?? []).map(({ id, title }) => [id, title] as const),
  ])
}

type Person = { first_name?: string | null; last_name?: string | null; email?: string | null }

/** First and last name, else the e-mail address; empty for somebody of whom nothing is known. */
export function personName({ first_name, last_name, email }: Person): string {
  const name = [first_name, last_name].flatMap((part) => part?.trim() || []).join(" ")
  return name || (email ?? "")
}
