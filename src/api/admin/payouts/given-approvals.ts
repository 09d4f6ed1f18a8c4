import type { MedusaContainer } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"
import { actorNames } from "../../../workflows/actors"
import { payoutsOf } from "../../../workflows/payouts/payout-workflow"
import { time } from "../read-rows"
import { actorName } from "./names"

/** How many people have to approve a transfer, and who did; see the option `twoApproversAbove`. */
export const GivenApprovals = z.object({
  needed: z.int().describe("How many people have to approve it: 1, or 2."),
  given: z
    .array(
      z.object({
        approved_by: z.string().describe("The admin's ID; of a secret API key, who made the key."),
        approved_by_name: actorName,
        note: z.string().nullable(),
        created_at: time,
      })
    )
    .describe("Those that count, the first given first; an edit of whom it pays voids them."),
})

/** Those of transfers, by their ids. */
export async function givenApprovals(container: MedusaContainer, ids: readonly string[]) {
  const approvals = await payoutsOf(container).approvalsOf(ids)
  const names = await actorNames(
    container,
    [...approvals.values()].flatMap(({ given }) => given.map(({ approved_by }) => approved_by))
  )
  return new Map(
    [...approvals].map(([id, { needed, given }]) => [
      id,
      {
        needed,
        given: given.map(({ approved_by, note, created_at }) => ({
          approved_by,
          approved_by_name: names.get(approved_by) ?? null,
          note,
          created_at,
        })),
      },
    ])
  )
}
