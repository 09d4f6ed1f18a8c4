import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { add, decimal } from "../../../gateways/shared/money"
import type { StatementCheck } from "../../../modules/payout/actions/statements"
import {
  bookingKinds,
  type PayoutStatement as Statement,
  toldKinds,
  toStatement,
} from "../../../modules/payout/domain/statement"
import { leftOutCodes } from "../../../modules/payout/domain/payout-file"
import { resolvableStates, transferStates } from "../../../modules/payout/domain/state"
import { payoutsOf } from "../../../workflows/payouts/payout-workflow"
import { fieldsOf, listOf, oneRowOf, rawAmount, retrieveRow, type Row, time } from "../read-rows"
import { adminId, auditLinesOf, countsByState, exactAmount, PayoutAuditLine } from "./answers"
import { actorName, withNames } from "./names"

/** What the routes of bank files and statements answer; see answers.ts. */

const FileRow = z.object({
  id: z.string(),
  batch_id: z.string(),
  provider_id: z.string(),
  currency_code: z.string(),
  number: z.int().describe("From 1; the next one has what was approved after the one before."),
  message_id: z.string().describe("What the bank knows it by."),
  format: z.string().describe("Such as `pain.001.001.09`."),
  file_name: z.string(),
  digest: z.string().describe("SHA-256 of its bytes, in hex."),
  count: z.int().describe("How many transfers it has."),
  control_sum: z.number(),
  raw_control_sum: rawAmount.describe("What they add up to, exactly."),
  execution_date: z.string().describe("When the bank is to pay."),
  created_by: adminId,
  created_at: time,
})

export const PayoutFile = FileRow.extend({ created_by_name: actorName })

export const PayoutFileDetail = PayoutFile.extend({
  transfers: countsByState,
  open: z
    .object({ count: z.int(), sum: exactAmount })
    .describe("Those of which nobody knows yet what became of them."),
  audit_lines: z.array(PayoutAuditLine).describe("Who made it, who downloaded it and when."),
})

export const LeftOutOfFile = z
  .object({
    transfer_id: z.string(),
    reference: z.string(),
    status: z.enum(transferStates),
    code: z.enum(leftOutCodes).describe("The reason, for words of your own."),
    reason: z.string(),
  })
  .describe("A transfer of the batch that is paid by a file and is in none, and why.")

const told = z
  .array(
    z.object({
      kind: z.enum(toldKinds),
      position: z.int().describe("Where it stands in the file, from 1."),
      reference: z.string(),
      transfer_id: z.string().nullable(),
      message: z.string(),
    })
  )
  .describe("What settles nothing and a person has to look into.")

const counts = {
  known: z.int().describe("How many of its bookings had been settled before."),
  others: z.int().describe("How many of its bookings are none of the payouts'."),
}

const StatementRow = z.object({
  id: z.string(),
  provider_id: z.string(),
  file_name: z.string().nullable(),
  digest: z.string().describe("SHA-256 of the file's text, in hex."),
  bank_ids: z.array(z.string()).describe("The bank's own for the statements in the file."),
  settled: z.int().describe("How many transfers it settled."),
  ...counts,
  created_by: adminId,
  created_at: time,
})

export const PayoutStatement = StatementRow.extend({ created_by_name: actorName })

const bookings = z
  .array(
    z.object({
      kind: z.enum(bookingKinds).describe("Whether this statement settled it, or it was before."),
      position: z.int().describe("Where it stands in the file, from 1."),
      transfer_id: z.string(),
      reference: z.string().nullable(),
      beneficiary_name: z.string().nullable(),
      raw_amount: rawAmount.nullable(),
      currency_code: z.string().nullable(),
      bank_reference: z.string().nullable().describe("The bank's own number, where it gives one."),
      booked_on: z.string().nullable(),
    })
  )
  .describe("Its bookings of transfers that were paid as they were asked for.")

export const PayoutStatementDetail = PayoutStatement.extend({ told, bookings })

export const PayoutStatementCheck = z.object({
  digest: z.string(),
  settles: z.array(
    z.object({
      transfer_id: z.string(),
      reference: z.string(),
      beneficiary_name: z.string(),
      amount: exactAmount,
      currency_code: z.string(),
      booked_on: z.string().nullable(),
    })
  ),
  told,
  ...counts,
  imported_before: z
    .object({ id: z.string(), created_by: adminId, created_at: time })
    .nullable()
    .describe("The last import of the very same file."),
})

const fileFields = fieldsOf(FileRow)
const statementFields = fieldsOf(StatementRow)
const statementDetail = [...statementFields, "told", "bookings"]

export const listFilesConfig = listOf(fileFields)
export const retrieveStatementConfig = oneRowOf(statementDetail)
export const listStatementsConfig = listOf(statementFields, {
  allowed: [...statementFields, "told"],
})

/** A file, what became of its transfers since, and who had it. */
export async function fileAnswer(container: MedusaContainer, id: string) {
  const what = { entity: "payout_file", what: "file", id, fields: fileFields }
  const row = await retrieveRow(container, what)
  const [file] = await withNames(container, [row], ["created_by"])
  const progress = await progressOf(container, id)
  return { file: { ...file, ...progress, audit_lines: await auditLinesOf(container, id) } }
}

/** What became of a file's transfers. */
async function progressOf(container: MedusaContainer, fileId: string) {
  const { totals } = await payoutsOf(container).totals({ file_id: fileId })
  const open = totals.filter(({ status }) => resolvableStates.includes(status))
  return {
    transfers: Object.fromEntries(totals.map(({ status, count }) => [status, count])),
    open: {
      count: open.reduce((all, { count }) => all + count, 0),
      sum: open.reduce((all, { amount }) => add(all, decimal(amount)), decimal("0")),
    },
  }
}

/** Oldest first. */
export async function filesOfBatchAnswer(container: MedusaContainer, batchId: string) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payout_file",
    fields: fileFields,
    filters: { batch_id: batchId },
    pagination: { order: { created_at: "ASC", id: "ASC" } },
  })
  return await withNames(container, data, ["created_by"])
}

export async function statementAnswer(container: MedusaContainer, id: string) {
  const what = { entity: "payout_statement", what: "statement", id, fields: statementDetail }
  const row = await retrieveRow(container, what)
  const [statement] = await withNames(container, [row], ["created_by"])
  return { statement: { ...statement, bookings: await bookingsOf(container, toStatement(row)) } }
}

/** With whom each paid how much, as the transfer says. */
async function bookingsOf(container: MedusaContainer, { bookings }: Statement) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payout_transfer",
    fields: ["id", ...ofTransfer],
    filters: { id: bookings.map(({ transfer_id }) => transfer_id) },
  })
  const transfers = new Map<unknown, Row>(data.map((transfer) => [transfer.id, transfer]))
  return bookings.map((booking) => {
    const paid = transfers.get(booking.transfer_id)
    const said = ofTransfer.map((field) => [field, paid?.[field] ?? null])
    return { ...booking, ...Object.fromEntries(said) }
  })
}

const ofTransfer = ["reference", "beneficiary_name", "raw_amount", "currency_code"]

export function statementCheckAnswer({ settles, imported_before, ...check }: StatementCheck) {
  return {
    check: {
      ...check,
      settles: settles.map(({ transfer, bookedOn }) => ({
        transfer_id: transfer.id,
        reference: transfer.reference,
        beneficiary_name: transfer.beneficiary_name,
        amount: transfer.amount,
        currency_code: transfer.currency_code,
        booked_on: bookedOn,
      })),
      imported_before: imported_before && {
        id: imported_before.id,
        created_by: imported_before.created_by,
        created_at: imported_before.created_at,
      },
    },
  }
}
