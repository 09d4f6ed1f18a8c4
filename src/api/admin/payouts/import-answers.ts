import type { MedusaContainer } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"
import { importStatuses, lineFaults } from "../../../modules/payout/domain/import"
import { transferStates } from "../../../modules/payout/domain/state"
import { payoutsOf } from "../../../workflows/payouts/payout-workflow"
import { fieldsOf, listOf, oneRowOf, retrieveRow, time } from "../read-rows"
import { adminId, countsByState, PayoutBatchSum } from "./answers"

/** What the routes of payout files answer; see answers.ts. */

export const PayoutImportProblem = z.object({
  line: z.int().describe("In the file; the first under the heading is 2."),
  message: z.string(),
  code: z
    .enum(lineFaults)
    .optional()
    .describe("What is wrong, for words of your own; the message names what stands in the line."),
})

export const PayoutImport = z.object({
  id: z.string(),
  file_name: z.string().nullable(),
  digest: z.string().describe("SHA-256 of the file's text, in hex."),
  lines_digest: z
    .string()
    .describe("Of its lines as they were read: the same however the file was saved."),
  status: z.enum(importStatuses),
  allow_partial: z.boolean(),
  total: z.int().describe("How many lines it has."),
  checked: z.int(),
  made: z.int().describe("How many transfers were made of it; `known` lines are not among them."),
  created_by: adminId,
  created_at: time,
  updated_at: time,
})

const heldReason = z.string().describe("Why it waits for a second look.")

const KnownLine = z
  .object({
    line: z.int(),
    transfer_id: z.string(),
    reference: z.string(),
    status: z.enum(transferStates),
  })
  .describe(
    "A line that names an idempotency key of a transfer that there was: nothing was made of it."
  )

export const PayoutImportDetail = PayoutImport.extend({
  problems: z.array(PayoutImportProblem),
  known: z.array(KnownLine),
  held: z
    .array(
      z.object({
        line: z.int(),
        transfer_id: z.string(),
        same_as_id: z.string().nullable(),
        first_payment_to: z.string().nullable(),
        reason: heldReason.nullable(),
      })
    )
    .describe(
      "Those of its transfers that wait for a second look, because they look like another one or are the first to an " +
        "account."
    ),
  batch_id: z
    .string()
    .nullable()
    .describe("The batch by which its transfers are approved; null where nothing was made."),
  transfers: countsByState,
})

export const PayoutImportCheck = z.object({
  good: z.int(),
  problems: z.array(PayoutImportProblem),
  held: z
    .array(
      z.object({
        line: z.int(),
        reason: heldReason,
        same_as: z.union([
          z.object({ id: z.string(), reference: z.string() }),
          z.object({ line: z.int() }),
          z.null(),
        ]),
      })
    )
    .describe(
      "Good lines that would wait for a second look, because they look like another payment."
    ),
  known: z.array(KnownLine),
  imported_before: z
    .object({
      id: z.string(),
      file_name: z.string().nullable(),
      created_by: adminId,
      created_at: time,
    })
    .nullable()
    .describe(
      "The import that these lines were made by, in the last 35 days: nothing would be made."
    ),
  sums: z.array(
    PayoutBatchSum.extend({
      available: z
        .string()
        .nullable()
        .describe(
          "What the gateway says that can be sent now; null where it has no such call, or could not be asked."
        ),
    })
  ),
})

const listedFields = fieldsOf(PayoutImport)

/** `problems` can be a thousand lines long: it is in the detail, and in the list on request. */
const importFields = [...listedFields, "problems"]

export const retrieveImportConfig = oneRowOf(importFields)
export const listImportsConfig = listOf(listedFields, { allowed: importFields })

/** An import, and what became of its transfers since: how many there are in which state, and which wait. */
export async function importAnswer(container: MedusaContainer, id: string, fields = importFields) {
  const row = await retrieveRow(container, { entity: "payout_import", what: "import", id, fields })
  const payouts = payoutsOf(container)
  const [made] = await payouts.listPayoutImports({ id })
  const { totals } = await payouts.totals({ import_id: id })
  const transfers: Record<string, number> = {}
  for (const { status, count } of totals) {
    transfers[status] = (transfers[status] ?? 0) + count
  }
  const known = await knownLines(container, knownOf.parse(made?.known ?? []))
  const [batch] = await payouts.listPayoutBatches({ import_id: id }, { select: ["id"] })
  const batch_id = batch?.id ?? null
  return { import: { ...row, batch_id, transfers, known, held: await heldLines(container, id) } }
}

const knownOf = z.array(z.object({ line: z.int(), transfer_id: z.string() }))

/** With what each transfer is called, and how it stands now. */
export async function knownLines(
  container: MedusaContainer,
  lines: readonly z.infer<typeof knownOf>[number][]
) {
  if (lines.length === 0) {
    return []
  }
  const ids = lines.map(({ transfer_id }) => transfer_id)
  const transfers = await payoutsOf(container).listPayoutTransfers(
    { id: ids },
    { select: ["id", "reference", "status"], take: ids.length }
  )
  const byId = new Map(transfers.map((transfer) => [transfer.id, transfer]))
  return lines.flatMap(({ line, transfer_id }) => {
    const transfer = byId.get(transfer_id)
    return transfer
      ? [{ line, transfer_id, reference: transfer.reference, status: transfer.status }]
      : []
  })
}

/** More than a file has lines. */
const mostHeld = 10_000

async function heldLines(container: MedusaContainer, importId: string) {
  const held = await payoutsOf(container).listPayoutTransfers(
    {
      import_id: importId,
      status: "awaiting_approval",
      $or: [{ same_as_id: { $ne: null } }, { first_payment_to: { $ne: null } }],
    },
    {
      select: ["id", "import_line", "same_as_id", "first_payment_to", "reason"],
      order: { import_line: "ASC" },
      take: mostHeld,
    }
  )
  return held.map(({ id, import_line, same_as_id, first_payment_to, reason }) => ({
    line: import_line,
    transfer_id: id,
    same_as_id,
    first_payment_to,
    reason,
  }))
}
