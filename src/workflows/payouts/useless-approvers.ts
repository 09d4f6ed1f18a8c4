import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { whoIsNamed, type EmailHolder } from "../actors"
import { payoutsOf } from "./payout-workflow"

/** Told once by each server. */
const told = new Set<string>()

/** Writes into the log which e-mails of the option `payouts.approvers` name nobody who could approve. */
export async function tellOfUselessApprovers(container: MedusaContainer): Promise<void> {
  const emails = payoutsOf(container).approvers?.filter((name) => name.includes("@")) ?? []
  for (const email of emails.filter((one) => !told.has(one))) {
    told.add(email)
    const why = problemOf(await whoIsNamed(container, email))
    if (why !== undefined) {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(
          `The option payouts.approvers of medusa-regional-payments names ${email}, who may not approve: ${why}`
        )
    }
  }
}

function problemOf(holder: EmailHolder): string | undefined {
  switch (holder.type) {
    case "one":
      return undefined
    case "nobody":
      return "no admin has that e-mail. Invite them, then start the server again, or name them by their id"
    case "late":
      return "they became an admin after this server was started. Start it again, or name them by their id"
    case "several":
      return (
        "several admins have or had that e-mail, in whatever case, and any of them could have taken it from an " +
        "invite. Name the right one by their id, user_..."
      )
  }
}
