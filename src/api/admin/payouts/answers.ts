import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { beneficiaryKinds } from "../../../modules/payout/domain/beneficiary"
import type { PayoutField as ProviderField } from "../../../modules/payout/provider"
import type { PayoutProviderInfo } from "../../../modules/payout/load-providers"
import { transferStates } from "../../../modules/payout/domain/state"
import { delayCauses } from "../../../modules/payout/domain/transfer"
import { reasonCodes } from "../../../shared/reasons"
import { payoutsOf } from "../../../workflows/payouts/payout-workflow"
import { GivenApprovals, givenApprovals } from "./given-approvals"
import { actorName, withNames } from "./names"
import { fieldsOf, listOf, oneRowOf, rawAmount, retrieveRow, type Row, time } from "../read-rows"

/**
 * What the payout routes answer: for each thing its schema, from which the fields that a query may ask for and the
 * documentation are made, then what reads it. Nothing here is for the module alone, such as encrypted accounts,
 * signatures, fingerprints and leases.
 */

export const exactAmount = z.string().describe("Exact, in major units.")
export const adminId = z.string().describe("The admin's ID; of a secret API key, who made the key.")
export const externalId = z
  .string()
  .nullable()
  .describe("What it is called in the caller's own books.")
export const metadata = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .nullable()
  .describe("The caller's own.")
export const why = z.string().nullable().describe("Why it has its status.")

const reasonCode = z.enum(reasonCodes).nullable()
const reasonDetails = z
  .record(z.string(), z.string())
  .nullable()
  .describe(
    "The values that the code's words name; `words` are a person's or a gateway's own, which stand behind the sentence."
  )

const ofLastStep = {
  reason_code: reasonCode
    .optional()
    .describe(
      "`reason` by a code; null of a person's own words, and of what was written before there were codes."
    ),
  reason_details: reasonDetails.optional(),
}

const AuditLineRow = z.object({
  id: z.string(),
  actor: z.string(),
  action: z.string(),
  note: z.string().nullable(),
  note_code: reasonCode.describe("`note` by a code, likewise."),
  note_details: reasonDetails,
  created_at: time,
})

export const PayoutAuditLine = AuditLineRow.extend({ actor_name: actorName })

/** Who looked, who decided and what a gateway contradicted, oldest first. */
export async function auditLinesOf(container: MedusaContainer, subjectId: string) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payout_audit_line",
    fields: fieldsOf(AuditLineRow),
    filters: { subject_id: subjectId },
    pagination: { order: { created_at: "ASC", id: "ASC" } },
  })
  return await withNames(container, data, ["actor"])
}

export const PayoutField = z.object({
  name: z.string(),
  title: z.string(),
  required: z.boolean(),
  pattern: z.string().nullable().describe("The source of a regular expression."),
  hint: z.string().nullable(),
})

export const PayoutProvider = z.object({
  id: z.string(),
  title: z.string(),
  capabilities: z.object({
    currencies: z.array(
      z.object({
        currency_code: z.string(),
        decimals: z.int().describe("How many decimals its amounts can have."),
      })
    ),
    contact_fields: z
      .array(PayoutField)
      .describe("What it takes of who is paid, as properties of the beneficiary itself."),
    account_fields: z.array(PayoutField),
    identity_fields: z.array(PayoutField),
    tells_balance: z.boolean(),
  }),
  file_format: z
    .string()
    .nullable()
    .describe(
      "Of the files that its transfers are paid by, which a person takes to the bank, such as `pain.001.001.09`; null " +
        "where the gateway is called."
    ),
})

/** A provider as a form needs it. */
export function providerAnswer({
  id,
  title,
  capabilities,
  fileFormat,
}: PayoutProviderInfo): z.infer<typeof PayoutProvider> {
  return {
    id,
    title,
    capabilities: {
      currencies: Object.entries(capabilities.currencies).map(([currency_code, decimals]) => ({
        currency_code,
        decimals,
      })),
      contact_fields: (capabilities.contactFields ?? []).map(fieldAnswer),
      account_fields: capabilities.accountFields.map(fieldAnswer),
      identity_fields: capabilities.identityFields.map(fieldAnswer),
      tells_balance: capabilities.tellsBalance,
    },
    file_format: fileFormat,
  }
}

function fieldAnswer({ name, title, required, pattern, hint }: ProviderField) {
  return { name, title, required, pattern: pattern?.source ?? null, hint: hint ?? null }
}

export const PayoutBalance = z.object({ currency_code: z.string(), available: exactAmount })

const TransferRow = z.object({
  id: z.string(),
  reference: z.string().describe("Ours; what the gateway knows it by."),
  provider_id: z.string(),
  beneficiary_id: z.string(),
  beneficiary_version_id: z
    .string()
    .describe(
      "The version of the beneficiary that it was approved for; while it waits for an approval, the newest."
    ),
  beneficiary_name: z.string().describe("As that version says, like `beneficiary.name`."),
  account_hint: z.string().nullable().describe("The account's last characters, likewise."),
  edited_from_version_id: z
    .string()
    .nullable()
    .describe(
      "Where the beneficiary was edited while it waits, the version that it was made, or last approved, with. " +
        "Approving it needs `beneficiary_version_id` then."
    ),
  amount: z.number().describe("In major units; `raw_amount.value` is exact."),
  raw_amount: rawAmount,
  currency_code: z.string(),
  purpose: z.string(),
  status: z.enum(transferStates),
  reason: why,
  delay_reason: z
    .string()
    .nullable()
    .describe(
      "Why an approved one is not sent although its time has come, such as too low a balance; null where nothing is known."
    ),
  delay_cause: z.enum(delayCauses).nullable().describe("The same by a code."),
  gateway_id: z.string().nullable().describe("The gateway's own ID of it."),
  gateway_fee: z.number().nullable().describe("In major units of its currency."),
  raw_gateway_fee: rawAmount.nullable(),
  idempotency_key: z.string(),
  external_id: externalId,
  metadata,
  created_by: adminId,
  approved_by: z.string().nullable(),
  approved_at: time.nullable(),
  resolved_by: z
    .string()
    .nullable()
    .describe(
      "Whose word alone says that it ended as it did; null where the gateway says so. The gateway is asked for a week."
    ),
  same_as_id: z
    .string()
    .nullable()
    .describe(
      "The transfer that this one looks like, for which it waits for a second look. Approving it needs `same_as_id`."
    ),
  first_payment_to: z
    .string()
    .nullable()
    .describe(
      "The version of the beneficiary whose account it would be the first payment to, for which it waits for a second " +
        "look. Approving it needs `first_payment_to`."
    ),
  retry_of_id: z.string().nullable().describe("The failed one that this one tries again."),
  import_id: z.string().nullable(),
  import_line: z.int().nullable(),
  batch_id: z.string().nullable().describe("The batch with which it is approved."),
  file_id: z.string().nullable().describe("The bank file that it stands in."),
  send_at: time
    .nullable()
    .describe("It is not sent before; null where it is sent once it is approved."),
  submitted_at: time.nullable(),
  next_check_at: time.nullable().describe("When it is sent, or asked about, next."),
  checks: z.int().describe("How often the gateway was asked about it."),
  not_found_since: time
    .nullable()
    .describe("Since when the gateway answers that it does not know it."),
  created_at: time,
  updated_at: time,
})

/** What transfers add up to, by provider and currency. */
export const PayoutBatchSum = z.object({
  provider_id: z.string(),
  currency_code: z.string(),
  count: z.int(),
  amount: exactAmount,
})

export const countsByState = z
  .record(z.string(), z.int())
  .describe("How many of its transfers are in which state.")

/** Who is paid, as a version of a beneficiary says it. */
export const payee = {
  name: z.string(),
  kind: z.enum(beneficiaryKinds),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  shop_name: z.string().nullable(),
  account_hint: z.string().nullable().describe("The account's last characters."),
}

export const PayoutTransferBeneficiary = z.object({ id: z.string(), version: z.int(), ...payee })

export const PayoutTransfer = TransferRow.extend({
  beneficiary: PayoutTransferBeneficiary.optional(),
  ...ofLastStep,
})

export const PayoutTransferDetail = PayoutTransfer.extend({
  created_by_name: actorName,
  approved_by_name: actorName,
  resolved_by_name: actorName,
  approvals: GivenApprovals,
  audit_lines: z.array(PayoutAuditLine),
})

export const transferFields = fieldsOf(TransferRow)

export const retrieveTransferConfig = oneRowOf(transferFields)
export const listTransfersConfig = listOf(transferFields)

/** The filters of the list of transfers, as its rows are looked for. */
export function transferRowFilters({ held, ...filters }: Record<string, unknown>) {
  if (held === undefined) {
    return filters
  }
  const isHeld = [
    { status: "awaiting_approval" },
    { $or: [{ same_as_id: { $ne: null } }, { first_payment_to: { $ne: null } }] },
  ]
  return {
    ...filters,
    $and:
      held === true
        ? isHeld
        : [
            {
              $or: [
                { same_as_id: null, first_payment_to: null },
                { status: { $ne: "awaiting_approval" } },
              ],
            },
          ],
  }
}

/** A transfer, whom it pays, and what was done about it besides its states, which are its events. */
export async function transferAnswer(
  container: MedusaContainer,
  id: string,
  fields = transferFields
) {
  const what = { entity: "payout_transfer", what: "transfer", id, fields }
  const row = await retrieveRow(container, what)
  const named = await withNames(container, [row], ["created_by", "approved_by", "resolved_by"])
  const [transfer] = await withReasonCodes(container, await withBeneficiaries(container, named))
  const approvals = (await givenApprovals(container, [id])).get(id)
  return { transfer: { ...transfer, approvals, audit_lines: await auditLinesOf(container, id) } }
}

type Payee = Record<keyof z.infer<typeof PayoutTransferBeneficiary>, unknown>

export type TransferWithPayee = Row & { beneficiary?: Payee }

/**
 * Adds to each transfer who is paid, as that was when it was approved, or is now while it waits for that:
 * `beneficiary` with the name and the account's last characters. Rows without `beneficiary_version_id`, as where
 * `fields` leaves it out, stay as they are.
 */
export async function withBeneficiaries(
  container: MedusaContainer,
  transfers: TransferWithPayee[]
): Promise<TransferWithPayee[]> {
  const ids = transfers.flatMap(({ beneficiary_version_id: id }) => (id ? [String(id)] : []))
  if (ids.length === 0) {
    return transfers
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payout_beneficiary_version",
    fields: ["beneficiary_id", ...fieldsOf(PayoutTransferBeneficiary)],
    filters: { id: [...new Set(ids)] },
  })
  const byVersion = new Map<string, Payee>(
    data.map(({ id, beneficiary_id, ...said }) => [String(id), { ...said, id: beneficiary_id }])
  )
  return transfers.map((transfer) => {
    const beneficiary = byVersion.get(String(transfer.beneficiary_version_id))
    return beneficiary ? { ...transfer, beneficiary } : transfer
  })
}

/**
 * Adds to each transfer the code of its reason, which stands with its last step alone: a server of an earlier version
 * writes a new reason without one. Rows without a reason, as where `fields` leaves it out, stay as they are.
 */
export async function withReasonCodes<Transfer extends Row>(
  container: MedusaContainer,
  transfers: Transfer[]
): Promise<Transfer[]> {
  const ids = transfers.flatMap(({ id, reason }) => (id && reason ? [String(id)] : []))
  const codes = await payoutsOf(container).reasonCodes(ids)
  const none = { reason_code: null, reason_details: null }
  return transfers.map((transfer) =>
    transfer.reason === undefined
      ? transfer
      : { ...transfer, ...(codes.get(String(transfer.id)) ?? none) }
  )
}

const EventRow = z.object({
  id: z.string(),
  transfer_id: z.string(),
  position: z.int().describe("From 1."),
  from_status: z.enum(transferStates).nullable().describe("Null where it was made."),
  to_status: z.enum(transferStates),
  actor: z.string().describe("An admin's ID, a secret API key's, `system` or `gateway`."),
  reason: z.string().nullable(),
  reason_code: reasonCode.describe("The same by a code, likewise."),
  reason_details: reasonDetails,
  gateway_code: z.string().nullable(),
  gateway_message: z.string().nullable(),
  created_at: time,
})

export const PayoutTransferEvent = EventRow.extend({ actor_name: actorName })

export const listTransferEventsConfig = listOf(fieldsOf(EventRow), { defaultLimit: 100 })

export const PayoutSending = z.object({
  is_paused: z.boolean(),
  paused_by: z.string().nullable().describe("An admin's ID, a secret API key's or `system`."),
  paused_by_name: actorName,
  paused_at: time.nullable(),
  reason: z.string().nullable(),
})

/** Whether payouts are sent now, and who said that they are not. */
export async function sendingAnswer(container: MedusaContainer) {
  const pause = await payoutsOf(container).sendingPause()
  const row = {
    is_paused: pause !== undefined,
    paused_by: pause?.paused_by ?? null,
    paused_at: pause?.paused_at ?? null,
    reason: pause?.reason ?? null,
  }
  const [sending] = await withNames(container, [row], ["paused_by"])
  return { sending }
}

export const PayoutTotal = z.object({
  status: z.enum(transferStates),
  currency_code: z.string(),
  count: z.int(),
  amount: exactAmount,
  fees: exactAmount.describe(
    "What the gateways took besides, as far as they tell it: exact, in major units."
  ),
})

export const PayoutProviderTotal = PayoutTotal.extend({ provider_id: z.string() })
