import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import type { Actor } from "../../../modules/payout/actor"
import { leftCodes } from "../../../modules/payout/actions/approve"
import type { BatchApprovalOutcome } from "../../../modules/payout/actions/approve-batch"
import {
  type Operation as BatchOperation,
  operationCodes,
} from "../../../modules/payout/actions/review-batch"
import { batchSources } from "../../../modules/payout/domain/batch"
import { blockerCodes } from "../../../modules/payout/actions/who-may-approve"
import type { Transfer } from "../../../modules/payout/domain/transfer"
import { actorNames } from "../../../workflows/actors"
import { payoutsOf } from "../../../workflows/payouts/payout-workflow"
import { fieldsOf, listOf, retrieveRow, type Row, time } from "../read-rows"
import { adminId, auditLinesOf, countsByState, PayoutAuditLine, PayoutBatchSum } from "./answers"
import { actorName, withNames } from "./names"

/** What the routes of batches answer; see answers.ts. */

const BatchRow = z.object({
  id: z.string(),
  label: z.string().nullable().describe("Of an import, its file's name."),
  source: z
    .enum(batchSources)
    .describe("`import`: the transfers of one file; `selection`: those that somebody chose."),
  import_id: z.string().nullable(),
  send_at: time.nullable().describe("Nothing of it is sent before."),
  created_by: adminId,
  created_at: time,
})

const Totals = z.object({
  count: z.int().describe("How many transfers it has, without those that will never be sent."),
  sums: z.array(PayoutBatchSum).describe("What those add up to, by provider and currency."),
})

export const PayoutBatch = BatchRow.extend({
  created_by_name: actorName,
  ...Totals.shape,
  waiting: Totals.describe("The same of those alone that wait for an approval."),
  states: countsByState.describe("How many of all its transfers are in which state."),
})

const Operation = z.object({
  allowed: z.boolean(),
  reason: z.string().nullable(),
  code: z.enum(operationCodes).nullable().describe("The reason, for words of your own."),
})

const BatchLine = z.object({
  transfer_id: z.string(),
  reference: z.string(),
  line: z.int().nullable().describe("In the imported file."),
})

export const WaitingPayoutBatch = PayoutBatch.extend({
  may_approve: z.boolean().describe("Whether who asks may approve a transfer of it, or more."),
})

export const PayoutBatchDetail = PayoutBatch.extend({
  held: z
    .array(
      BatchLine.extend({
        same_as_id: z.string().nullable(),
        same_as_reference: z.string().nullable(),
        first_payment_to: z.string().nullable(),
        reason: z.string().nullable(),
      })
    )
    .describe(
      "Those that wait and look like another transfer, or are the first payment to an account. Approving them needs it to " +
        "be named."
    ),
  edited: z
    .array(BatchLine.extend({ beneficiary_version_id: z.string() }))
    .describe(
      "Those that wait and whose beneficiary was edited since. Approving them needs the version to be named."
    ),
  blocked: z
    .array(BatchLine.extend({ code: z.enum(blockerCodes), reason: z.string() }))
    .describe("Those that wait and that who asks may not approve."),
  approvals: z.object({
    needed: z.int().describe("How many people have to approve it: 1, or 2."),
    given: z.array(
      z.object({
        approved_by: adminId,
        approved_by_name: actorName,
        count: z.int().describe("Of how many transfers that wait for another person."),
      })
    ),
  }),
  operations: z
    .object({ approve: Operation, reject: Operation, withdraw: Operation })
    .describe("What who asks can do with it, by its state and the two-person rule."),
  audit_lines: z.array(PayoutAuditLine),
})

export const PayoutBatchApproval = z.object({
  approved: z.int().describe("May be sent now."),
  first: z.int().describe("Wait for another person."),
  before: z.int().describe("Needed nothing of who asks: they were approved before, or sent."),
  left: z
    .array(BatchLine.extend({ code: z.enum([...leftCodes, "unreadable"]), reason: z.string() }))
    .describe("Those that wait on, each with why."),
})

const rowFields = fieldsOf(BatchRow)

export const listBatchesConfig = listOf(rowFields)

/** Batches with what they add up to. */
export async function batchAnswers(container: MedusaContainer, rows: readonly Row[]) {
  const totals = await payoutsOf(container).batchTotals(rows.map(({ id }) => String(id)))
  const named = await withNames(container, rows, ["created_by"])
  return named.map((row) => ({ ...row, ...totals.get(String(row.id)) }))
}

/** As many as a person can look through on one page. */
const mostWaiting = 50

/**
 * Batches of which something waits for an approval.
 *
 * @param waiting their ids, what waits longest first
 * @param forThem of which the person may approve something who asks
 * @param wanted only those of which they may approve something, or may not
 */
export async function waitingBatchAnswers(
  container: MedusaContainer,
  waiting: readonly string[],
  forThem: ReadonlySet<string>,
  wanted?: boolean
) {
  const ids = waiting
    .filter((id) => wanted === undefined || forThem.has(id) === wanted)
    .slice(0, mostWaiting)
  if (ids.length === 0) {
    return []
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payout_batch",
    fields: rowFields,
    filters: { id: ids },
  })
  const rows: Row[] = data
  const inOrder = ids.flatMap((id) => rows.filter((row) => row.id === id))
  const batches = await batchAnswers(container, inOrder)
  return batches.map((batch, nth) => {
    const id = inOrder[nth]?.id
    return { ...batch, may_approve: typeof id === "string" && forThem.has(id) }
  })
}

/** One batch, with all that somebody has to know before they decide about it. */
export async function batchAnswer(container: MedusaContainer, id: string, actor: Actor) {
  const what = { entity: "payout_batch", what: "batch", id, fields: rowFields }
  const [batch] = await batchAnswers(container, [await retrieveRow(container, what)])
  const payouts = payoutsOf(container)
  const { held, edited, blocked, approvals, operations } = await payouts.reviewBatch(id, actor)
  const alike = await payouts.listPayoutTransfers(
    { id: held.flatMap(({ same_as_id }) => same_as_id ?? []) },
    { select: ["id", "reference"], take: held.length }
  )
  const references = new Map(alike.map((transfer) => [transfer.id, transfer.reference]))
  const names = await actorNames(
    container,
    approvals.given.map(({ approved_by }) => approved_by)
  )
  return {
    batch: {
      ...batch,
      held: held.map(({ same_as_id, first_payment_to, reason, ...transfer }) => ({
        ...lineOf(transfer),
        same_as_id,
        first_payment_to,
        same_as_reference: references.get(same_as_id ?? "") ?? null,
        reason,
      })),
      edited: edited.map(({ beneficiary_version_id, ...transfer }) => ({
        ...lineOf(transfer),
        beneficiary_version_id,
      })),
      blocked: blocked.map(({ transfer, blocker: { code, message: reason } }) => ({
        ...lineOf(transfer),
        code,
        reason,
      })),
      approvals: {
        ...approvals,
        given: approvals.given.map((one) => ({
          ...one,
          approved_by_name: names.get(one.approved_by) ?? null,
        })),
      },
      operations: operations satisfies Record<string, BatchOperation>,
      audit_lines: await auditLinesOf(container, id),
    },
  }
}

/** What an approval came to. */
export function batchApprovalAnswer({ left, ...counts }: BatchApprovalOutcome) {
  return {
    ...counts,
    left: left.map(({ transfer_id: id, code, reason, ...line }) => ({
      ...lineOf({ ...line, id }),
      code,
      reason,
    })),
  }
}

/** Where a transfer stands in its batch. */
function lineOf({
  id,
  reference,
  import_line,
}: Pick<Transfer, "id" | "reference" | "import_line">) {
  return { transfer_id: id, reference, line: import_line }
}
