import { z } from "@medusajs/framework/zod"
import { createFindParams, createSelectParams } from "@medusajs/medusa/api/utils/validators"
import {
  beneficiaryKinds,
  beneficiaryStatuses,
  mostOf,
} from "../../../modules/payout/domain/beneficiary"
import { oneLine, textInput, transferInput } from "../../../modules/payout/domain/input"
import { batchSources } from "../../../modules/payout/domain/batch"
import { importStatuses } from "../../../modules/payout/domain/import"
import { transferStates } from "../../../modules/payout/domain/state"
import { ownFields } from "../../../modules/payout/domain/own-fields"
import { templateLanguages } from "../../../workflows/payouts/import-columns"
import { timeZone } from "../days"
import { amountRange, moment, oneOrMore, timeRange } from "../read-rows"

/** What the payout routes take: the parameters of their queries, then their bodies. Descriptions go to the docs. */

const newestFirst = { limit: 20, offset: 0, order: "-created_at" }

export const AdminGetPayoutBeneficiariesParams = createFindParams(newestFirst).extend({
  q: z
    .string()
    .optional()
    .describe(
      "Words to look for in the name, the e-mail, the shop's name, the account's last characters and the external ID."
    ),
  id: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  status: oneOrMore(z.enum(beneficiaryStatuses)),
  kind: oneOrMore(z.enum(beneficiaryKinds)),
  email: oneOrMore(z.string()),
  external_id: oneOrMore(z.string()),
  created_at: timeRange,
  updated_at: timeRange,
})

export const AdminGetPayoutBeneficiaryVersionsParams = createFindParams({
  limit: 20,
  offset: 0,
  order: "-version",
})

const flag = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .optional()

/** Of the list of transfers, the totals and the export alike. */
export const transferFilters = {
  q: z
    .string()
    .optional()
    .describe(
      "Words to look for in the reference, who is paid, the account's last characters, the purpose, the gateway's ID and " +
        "the external ID."
    ),
  id: oneOrMore(z.string()),
  reference: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  beneficiary_id: oneOrMore(z.string()),
  status: oneOrMore(z.enum(transferStates)),
  currency_code: oneOrMore(z.string().toLowerCase()),
  gateway_id: oneOrMore(z.string()),
  external_id: oneOrMore(z.string()),
  idempotency_key: oneOrMore(z.string()),
  import_id: oneOrMore(z.string()),
  batch_id: oneOrMore(z.string()),
  file_id: oneOrMore(z.string()),
  held: flag.describe(
    "Those that wait for a second look, because they look like another transfer or are the first to an account."
  ),
  retry_of_id: oneOrMore(z.string()),
  created_by: oneOrMore(z.string()),
  approved_by: oneOrMore(z.string()),
  amount: amountRange,
  approved_at: timeRange,
  created_at: timeRange,
  updated_at: timeRange,
}

export const AdminGetPayoutTransfersParams = createFindParams(newestFirst).extend(transferFilters)

/** Also of the totals. */
export const AdminExportPayoutTransfersParams = z.object(transferFilters)

/** Of the sums by day. */
export const AdminGetPayoutMoneyOutParams = z.object({
  ...transferFilters,
  submitted_at: timeRange.describe("When it was sent; the last thirty days without it."),
  time_zone: timeZone,
})

const { status: _, ...approvalFilters } = transferFilters

/** As the list of transfers; what waits longest comes first, because it expires first. */
export const AdminGetPayoutApprovalsParams = createFindParams({
  limit: 20,
  offset: 0,
  order: "created_at",
}).extend({
  ...approvalFilters,
  may_approve: flag.describe("`true`: what waits for who asks; `false`: what waits for others."),
})

/** Oldest first, and more at once than elsewhere: a transfer seldom has as many. */
export const AdminGetPayoutTransferEventsParams = createFindParams({
  limit: 100,
  offset: 0,
  order: "position",
})

export const AdminGetPayoutReconciliationsParams = createFindParams({
  limit: 20,
  offset: 0,
  order: "-started_at",
})

export const AdminGetPayoutImportsParams = createFindParams(newestFirst).extend({
  q: z.string().optional().describe("Words to look for in the file's name."),
  id: oneOrMore(z.string()),
  digest: oneOrMore(z.string()).describe("SHA-256 of the file's text, in hex."),
  lines_digest: oneOrMore(z.string()),
  status: oneOrMore(z.enum(importStatuses)),
  created_by: oneOrMore(z.string()),
  created_at: timeRange,
})

export const AdminGetPayoutBatchesParams = createFindParams(newestFirst).extend({
  q: z.string().optional().describe("Words to look for in the label."),
  id: oneOrMore(z.string()),
  source: oneOrMore(z.enum(batchSources)),
  import_id: oneOrMore(z.string()),
  created_by: oneOrMore(z.string()),
  created_at: timeRange,
  provider_id: oneOrMore(z.string()).describe("Those of which something is paid by them."),
  waiting: flag.describe(
    "Those of which something waits for an approval; with `false` the others."
  ),
})

export const AdminGetPayoutParams = createSelectParams()

export const AdminGetPayoutImportTemplateParams = z.object({
  delimiter: z
    .enum(["comma", "semicolon", "tab"])
    .default("comma")
    .describe(
      "What parts the cells: Excel expects a semicolon where a comma stands before decimals."
    ),
  language: z.enum(templateLanguages).default("en").describe("Of the headings."),
})

const note = z.string().trim().min(3).max(1_000)
const foundOut = note.describe("How it was found out; it stays with the row.")

/** By the names of the provider's fields, which the module checks. */
const providerFields = z.record(z.string().min(1).max(60), z.string().min(1).max(500))

const contact = {
  email: textInput("number", mostOf.email)
    .pipe(z.email({ error: "must be an e-mail address" }))
    .nullish(),
  phone: textInput("number", mostOf.phone).nullish(),
  shop_name: textInput("words", mostOf.name).nullish(),
}

const kept = {
  external_id: ownFields.external_id.describe(
    "What it is called in your own books; no two have the same. Another one's is answered with 409."
  ),
  metadata: ownFields.metadata.describe(
    "Up to 50 texts, numbers or booleans by their names, for your own use. An update takes the place of all of them."
  ),
}

export const AdminCreatePayoutBeneficiary = z.strictObject({
  provider_id: oneLine(100),
  name: textInput("words", mostOf.name),
  kind: z.enum(beneficiaryKinds),
  ...contact,
  account: providerFields
    .optional()
    .describe("By the names of the provider's `account_fields`. It is stored encrypted."),
  identity: providerFields
    .optional()
    .describe("By the names of the provider's `identity_fields`; passed on and not stored."),
  idempotency_key: transferInput.idempotency_key.describe(
    "The same key with the same input gives the beneficiary that was made. Without one, each call makes another."
  ),
  ...kept,
})

export const AdminUpdatePayoutBeneficiary = z
  .strictObject({
    name: textInput("words", mostOf.name).optional(),
    kind: z.enum(beneficiaryKinds).optional(),
    ...contact,
    account: providerFields.optional().describe("Takes the place of the whole old one."),
    ...kept,
  })
  .refine((change) => Object.keys(change).length > 0, { error: "There is nothing to change" })

export const AdminLinkPayoutBeneficiary = z.strictObject({
  customer_id: oneLine(100).nullable().describe("Null takes the link away."),
})

export const AdminDisablePayoutBeneficiary = z.strictObject({ reason: note.optional() })

export const AdminDecidePayoutBeneficiary = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("active"),
    account: providerFields.optional(),
    note: foundOut,
  }),
  z.strictObject({ status: z.literal("rejected"), note: foundOut }),
])

export const AdminCreatePayoutTransfer = z.strictObject({
  ...transferInput,
  amount: transferInput.amount.describe(
    "In major units, as a text such as `1500.00`, or as a whole number."
  ),
  idempotency_key: transferInput.idempotency_key.describe(
    "The same key with the same input gives the transfer that was made. Without one, each call makes another."
  ),
  send_at: moment.optional().describe("It is not sent before. A date begins at midnight UTC."),
  ...kept,
})

export const AdminUpdatePayoutTransfer = z
  .strictObject(kept)
  .refine((change) => Object.keys(change).length > 0, { error: "There is nothing to change" })

export const AdminApprovePayoutTransfer = z.strictObject({
  note: note.optional(),
  beneficiary_version_id: oneLine(100)
    .optional()
    .describe(
      "The version of the beneficiary that was looked at, as the transfer shows it. Needed where it was edited " +
        "after the transfer was made, or after it was last approved."
    ),
  same_as_id: oneLine(100)
    .optional()
    .describe(
      "The transfer that this one looks like, as it shows it: whoever approves says that they saw it, and that both are " +
        "to be paid. Needed where there is one."
    ),
  first_payment_to: oneLine(100)
    .optional()
    .describe(
      "The version of the beneficiary whose account was never paid before, as the transfer shows it: whoever approves " +
        "says that they made sure that it is theirs. Needed where there is one."
    ),
})

/** So many can be looked through, as the lines of a file. */
const mostInBatch = 1_000

export const AdminCreatePayoutBatch = z.strictObject({
  transfer_ids: z.array(oneLine(100)).min(1).max(mostInBatch),
  label: oneLine(200).nullish(),
  send_at: moment
    .nullish()
    .describe("Nothing of it is sent before. A date begins at midnight UTC."),
})

/** What was seen of a batch: what it is now is answered with 409 where it is something else. */
const seenBatch = {
  count: z.int().min(0).describe("As the batch showed it."),
  sums: z
    .array(
      z.strictObject({
        provider_id: oneLine(100),
        currency_code: transferInput.currency_code,
        count: z.int().min(0),
        amount: transferInput.amount,
      })
    )
    .describe("As the batch showed them."),
}

export const AdminApprovePayoutBatch = z.strictObject({
  ...seenBatch,
  note: note.optional(),
  held: z
    .array(
      z.strictObject({
        transfer_id: oneLine(100),
        same_as_id: oneLine(100).nullish(),
        first_payment_to: oneLine(100).nullish(),
      })
    )
    .max(mostInBatch)
    .optional()
    .describe(
      "Of transfers that are held, the one that each looks like: both are to be paid; and the version of the beneficiary " +
        "whose account was never paid before: it was made sure that it is theirs."
    ),
  edited: z
    .array(
      z.strictObject({
        transfer_id: oneLine(100),
        beneficiary_version_id: oneLine(100),
      })
    )
    .max(mostInBatch)
    .optional()
    .describe("Of transfers whose beneficiary was edited since, the version that was looked at."),
})

export const AdminRejectPayoutBatch = z.strictObject({ ...seenBatch, reason: note })

export const AdminWithdrawPayoutBatch = z.strictObject({ ...seenBatch, reason: note.optional() })

export const AdminRejectPayoutTransfer = z.strictObject({ reason: note })

export const AdminCancelPayoutTransfer = z.strictObject({ reason: note.optional() })

export const AdminRetryPayoutTransfer = z.strictObject({
  idempotency_key: transferInput.idempotency_key,
})

export const AdminResolvePayoutTransfer = z.strictObject({
  outcome: z.enum(["succeeded", "failed", "returned"]),
  note: foundOut,
  gateway_id: oneLine(100).optional(),
})

export const AdminPausePayouts = z.strictObject({ reason: note })

export const AdminResumePayouts = z.strictObject({ note })

const base64 = "must be the file's bytes in base64"

const importFile = {
  file: z
    .string({ error: base64 })
    .refine((file) => file.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(file), { error: base64 })
    .optional()
    .describe(
      "The file's bytes as they are, in base64: whatever its encoding, it is read or refused."
    ),
  csv: z
    .string({ error: "must be the file's text" })
    .optional()
    .describe("In the place of `file`: its text, where somebody has decoded it before."),
}

const oneFile = {
  error: "Send one of file, which is the file's bytes in base64, and csv, which is its text",
}

function hasOneFile({ csv, file }: { csv?: string; file?: string }): boolean {
  return (csv === undefined) !== (file === undefined)
}

export const AdminCheckPayoutImport = z.strictObject(importFile).refine(hasOneFile, oneFile)

export const AdminCreatePayoutImport = z
  .strictObject({
    ...importFile,
    file_name: oneLine(255).nullish(),
    allow_partial: z
      .boolean()
      .default(false)
      .describe("Makes the good lines although others are not."),
    send_at: moment
      .nullish()
      .describe("Nothing of it is sent before. A date begins at midnight UTC."),
    same_as_id: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe(
        "The import that made the very same lines, which you looked at: they are to be paid once more."
      ),
  })
  .refine(hasOneFile, oneFile)

export const AdminEndPayoutImport = z.strictObject({ reason: note })

export type AdminGetPayoutMoneyOutType = z.infer<typeof AdminGetPayoutMoneyOutParams>
export type AdminCreatePayoutBeneficiaryType = z.infer<typeof AdminCreatePayoutBeneficiary>
export type AdminUpdatePayoutBeneficiaryType = z.infer<typeof AdminUpdatePayoutBeneficiary>
export type AdminLinkPayoutBeneficiaryType = z.infer<typeof AdminLinkPayoutBeneficiary>
export type AdminDisablePayoutBeneficiaryType = z.infer<typeof AdminDisablePayoutBeneficiary>
export type AdminDecidePayoutBeneficiaryType = z.infer<typeof AdminDecidePayoutBeneficiary>
export type AdminCreatePayoutTransferType = z.infer<typeof AdminCreatePayoutTransfer>
export type AdminUpdatePayoutTransferType = z.infer<typeof AdminUpdatePayoutTransfer>
export type AdminApprovePayoutTransferType = z.infer<typeof AdminApprovePayoutTransfer>
export type AdminCreatePayoutBatchType = z.infer<typeof AdminCreatePayoutBatch>
export type AdminApprovePayoutBatchType = z.infer<typeof AdminApprovePayoutBatch>
export type AdminRejectPayoutBatchType = z.infer<typeof AdminRejectPayoutBatch>
export type AdminWithdrawPayoutBatchType = z.infer<typeof AdminWithdrawPayoutBatch>
export type AdminRejectPayoutTransferType = z.infer<typeof AdminRejectPayoutTransfer>
export type AdminCancelPayoutTransferType = z.infer<typeof AdminCancelPayoutTransfer>
export type AdminRetryPayoutTransferType = z.infer<typeof AdminRetryPayoutTransfer>
export type AdminResolvePayoutTransferType = z.infer<typeof AdminResolvePayoutTransfer>
export type AdminPausePayoutsType = z.infer<typeof AdminPausePayouts>
export type AdminResumePayoutsType = z.infer<typeof AdminResumePayouts>
export type AdminGetPayoutImportTemplateParamsType = z.infer<
  typeof AdminGetPayoutImportTemplateParams
>
export type AdminCheckPayoutImportType = z.infer<typeof AdminCheckPayoutImport>
export type AdminEndPayoutImportType = z.infer<typeof AdminEndPayoutImport>
export type AdminCreatePayoutImportType = z.infer<typeof AdminCreatePayoutImport>
