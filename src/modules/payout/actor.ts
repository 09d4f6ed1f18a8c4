import { MedusaError } from "@medusajs/framework/utils"
import { Refusal } from "../../shared/errors"
import { systemActor } from "../../shared/audit-line"

/** Who does it: the shop's own code, an admin who is there, or a secret API key that is there. Nobody else acts. */
export type Actor =
  | { type: "system"; id: typeof systemActor }
  | {
      type: "user"
      id: string
      /** When they became an admin: they approve nothing that was made before. */
      since: Date
      /** For the option `approvers`; null where it does not name this one admin and nobody else. */
      email: string | null
    }
  | {
      type: "key"
      /** Of whoever made the key: it is the maker's hand. Of a key that nobody made, the key's own. */
      id: string
      key: string
      since: Date
    }

/** The shop's own code, such as a job. */
export const systemHand: Actor = { type: "system", id: systemActor }

/** What an event or an audit line names: the key where there was one, which tells more than whose it is. */
export function handOf(actor: Actor): string {
  return actor.type === "key" ? actor.key : actor.id
}

/** What is a person's to do. A shop can give some of it to its secret API keys; see the option `keysMay`. */
export const personalActs = ["approve", "reject", "resolve", "decide", "reveal", "resume"] as const

export type PersonalAct = (typeof personalActs)[number]

/** @throws MedusaError forbidden for a secret API key that the option `keysMay` does not allow it */
export function requirePerson(
  actor: Actor,
  act: PersonalAct,
  { keysMay }: { keysMay: readonly PersonalAct[] }
): void {
  if (actor.type === "key" && !keysMay.includes(act)) {
    throw new Refusal(
      MedusaError.Types.FORBIDDEN,
      `A secret API key may not ${act} payouts: log in as an admin. The option payouts.keysMay of ` +
        `medusa-regional-payments could allow it, to whoever holds any secret key of the shop`,
      { code: "not_a_person" }
    )
  }
}

/** Who acts where the gateway's own word moved a transfer; see `systemActor` for the jobs. */
export const gatewayActor = "gateway"

/**
 * Whether two e-mails are one for the option `approvers`. Of letters, only those of ASCII are one in both cases: a
 * Kelvin sign becomes a k in lower case, and an invite can be accepted with it.
 */
export function isSameEmail(one: string, other: string): boolean {
  return inLowerCase(one) === inLowerCase(other)
}

function inLowerCase(email: string): string {
  return email.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
