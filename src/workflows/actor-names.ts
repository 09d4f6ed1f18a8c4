import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

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
