import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import type { Actor } from "../../../modules/payout/actor"
import { blockerCodes } from "../../../modules/payout/actions/who-may-approve"
import { actorNames } from "../../../workflows/actors"
import { payoutsOf } from "../../../workflows/payouts/payout-workflow"
import type { Row } from "../read-rows"
import { PayoutTransfer, transferFields, withBeneficiaries } from "./answers"
import { GivenApprovals, givenApprovals } from "./given-approvals"

/** What the route of approvals answers; see answers.ts. */

const account = z
  .record(z.string(), z.string())
  .nullable()
  .describe(
    "What is sent of the account, by the names of the provider's `account_fields`; its number by the last characters. " +
      "Null where it can't be read."
  )

const SignedTransfer = z.object({
  transfer: PayoutTransfer,
  account,
  created_by_name: z.string().nullable().describe("What people call who made it."),
})

export const PayoutApproval = SignedTransfer.extend({
  may_approve: z.boolean().describe("Whether who asks may approve it."),
  why_not: z.string().nullable(),
  why_not_code: z.enum(blockerCodes).nullable(),
  approvals: GivenApprovals,
  same_as: SignedTransfer.nullable().describe("The transfer that it looks like."),
})

/** Transfers that wait, with all that is signed by an approval, and what each looks like. */
export async function approvalAnswers(container: MedusaContainer, rows: Row[], actor: Actor) {
  const ids = rows.map(({ id }) => String(id))
  const blockers = await payoutsOf(container).approvalBlockers(ids, actor)
  const alike = await transfersById(
    container,
    rows.flatMap(({ same_as_id }) => (same_as_id ? [String(same_as_id)] : []))
  )
  const approvals = await givenApprovals(container, ids)
  const show = await signedTransfers(container, [...rows, ...alike.values()])
  return rows.map((row) => {
    const blocker = blockers.get(String(row.id))
    const same = alike.get(String(row.same_as_id))
    return {
      ...show(row),
      may_approve: blocker === undefined,
      why_not: blocker?.message ?? null,
      why_not_code: blocker?.code ?? null,
      approvals: approvals.get(String(row.id)),
      same_as: same ? show(same) : null,
    }
  })
}

async function transfersById(container: MedusaContainer, ids: string[]): Promise<Map<string, Row>> {
  if (ids.length === 0) {
    return new Map()
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payout_transfer",
    fields: transferFields,
    filters: { id: [...new Set(ids)] },
  })
  return new Map(data.map((row: Row) => [String(row.id), row]))
}

/** @returns what shows one of these rows */
async function signedTransfers(container: MedusaContainer, rows: Row[]) {
  const paid = rows.flatMap(({ provider_id, beneficiary_version_id: version }) =>
    version ? [{ provider_id: String(provider_id), beneficiary_version_id: String(version) }] : []
  )
  const accounts = await payoutsOf(container).shownAccounts(paid)
  const names = await actorNames(
    container,
    rows.map(({ created_by }) => String(created_by))
  )
  const transfers = await withBeneficiaries(container, rows)
  const byId = new Map(transfers.map((transfer) => [transfer.id, transfer]))
  return (row: Row) => ({
    transfer: byId.get(row.id),
    account: accounts.get(String(row.beneficiary_version_id)) ?? null,
    created_by_name: names.get(String(row.created_by)) ?? null,
  })
}
