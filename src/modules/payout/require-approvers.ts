import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { invalidData } from "../../shared/errors"
import { isSameEmail } from "./actor"
import { parsePayoutOptions } from "./options"

/**
 * Stops the boot where the option `approvers` names an e-mail that no admin has or had: whoever takes it from an invite later
 * would approve payouts after the next start. Only a shop without any admin boots with it, for its first one has to be
 * made somehow; the e-mail names nobody there until the server is started again.
 *
 * An e-mail that several had stops nothing, because any admin could bring that about by an invite, and the whole shop
 * with it: it names nobody, and the log says so (`workflows/payouts/useless-approvers.ts`).
 *
 * Assumption: Medusa's admins are in the table `user` of the database that the module is connected to. Where it is not
 * there, it is as in a shop without admins.
 *
 * @throws MedusaError invalid_data that names each such e-mail, and what to do
 */
export async function requireApprovers({ container, options }: LoaderOptions): Promise<void> {
  const emails = parsePayoutOptions(options).approvers?.filter((name) => name.includes("@")) ?? []
  if (emails.length === 0) {
    return
  }
  const database: Knex = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  // Those that were deleted too: the shop has admins, and who comes after one has not inherited what they might do.
  const known: string[] = (await database.schema.hasTable("user"))
    ? await database("user").pluck("email")
    : []
  const unknown = emails.filter((email) => !known.some((one) => isSameEmail(one, email)))
  if (unknown.length > 0 && known.length > 0) {
    throw invalidData(
      `The option payouts.approvers of medusa-regional-payments names ${unknown.join(", ")}, and no admin has such an ` +
        "e-mail: whoever takes it from an invite could approve payouts. Take it out of the option and start the store; " +
        "invite them, then name them by their id, user_..."
    )
  }
}
