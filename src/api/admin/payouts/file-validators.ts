import { z } from "@medusajs/framework/zod"
import { createFindParams, createSelectParams } from "@medusajs/medusa/api/utils/validators"
import { oneLine, transferInput } from "../../../modules/payout/domain/input"
import { oneOrMore, timeRange } from "../read-rows"

/** What the routes of bank files and statements take; see validators.ts. */

const newestFirst = { limit: 20, offset: 0, order: "-created_at" }

export const AdminGetPayoutFilesParams = createFindParams(newestFirst).extend({
  q: z.string().optional().describe("Words to look for in the message's id and the file's name."),
  id: oneOrMore(z.string()),
  batch_id: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  currency_code: oneOrMore(z.string().toLowerCase()),
  message_id: oneOrMore(z.string()),
  created_by: oneOrMore(z.string()),
  created_at: timeRange,
})

export const AdminGetPayoutStatementsParams = createFindParams(newestFirst).extend({
  q: z.string().optional().describe("Words to look for in the file's name."),
  id: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  digest: oneOrMore(z.string()).describe("SHA-256 of the file's text, in hex."),
  created_by: oneOrMore(z.string()),
  created_at: timeRange,
})

export const AdminGetPayoutStatementParams = createSelectParams()

const note = z.string().trim().min(3).max(1_000)

export const AdminMakePayoutFiles = z.strictObject({
  execution_date: oneLine(10)
    .optional()
    .describe("When the bank is to pay, such as `2026-12-01`; today, where it is left out."),
  checked_note: note
    .optional()
    .describe(
      "How it was made sure that the bank has not got these transfers already. Needed where the database can't tell."
    ),
})

export const AdminResolvePayoutFile = z.strictObject({
  outcome: z.enum(["succeeded", "failed"]),
  note: note.describe("How it was found out; it stays with each transfer."),
  count: z.int().min(1).describe("How many transfers of the file were open, as it showed them."),
  sum: transferInput.amount.describe("What those add up to, as it showed it."),
})

const statement = {
  provider_id: oneLine(100),
  content: z.string({ error: "must be the file's text" }).describe("The file's text."),
}

export const AdminCheckPayoutStatement = z.strictObject(statement)

export const AdminImportPayoutStatement = z.strictObject({
  ...statement,
  file_name: oneLine(255).nullish(),
  settles: z.int().min(0).describe("How many transfers the check said that it would settle."),
})

export type AdminMakePayoutFilesType = z.infer<typeof AdminMakePayoutFiles>
export type AdminResolvePayoutFileType = z.infer<typeof AdminResolvePayoutFile>
export type AdminCheckPayoutStatementType = z.infer<typeof AdminCheckPayoutStatement>
export type AdminImportPayoutStatementType = z.infer<typeof AdminImportPayoutStatement>
