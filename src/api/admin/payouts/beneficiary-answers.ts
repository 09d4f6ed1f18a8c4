import type { MedusaContainer } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"
import { beneficiaryStatuses } from "../../../modules/payout/domain/beneficiary"
import { customerOfBeneficiary } from "../../../workflows/payouts/beneficiary-customer"
import { payoutsOf } from "../../../workflows/payouts/payout-workflow"
import { fieldsOf, listOf, oneRowOf, retrieveRow, time } from "../read-rows"
import { adminId, auditLinesOf, externalId, metadata, payee, PayoutAuditLine, why } from "./answers"
import { actorName, withNames } from "./names"

/** What the routes of beneficiaries answer: see answers.ts. */

/** The account itself is in another table, which no field leads to. */
export const PayoutBeneficiary = z.object({
  id: z.string(),
  provider_id: z.string(),
  status: z.enum(beneficiaryStatuses),
  version: z.int().describe("From 1; each change makes the next."),
  version_id: z.string(),
  ...payee,
  identity_hints: z
    .record(z.string(), z.string())
    .describe("The last characters of what was passed on once, by name."),
  reason: why,
  created_by: adminId,
  edited_by: z.string().describe("As `created_by`, for the newest version."),
  changed_by: z
    .record(z.string(), z.string())
    .describe(
      "Who last changed the `account`, each of its fields (such as `account.bank_code`), the `name`, the `phone` and the `email`: none of them can approve transfers to it."
    ),
  account_changed_at: time
    .nullable()
    .describe("When the account last became another one; null for the first one."),
  external_id: externalId,
  metadata,
  created_at: time,
  updated_at: time,
})

export const PayoutBeneficiaryDetail = PayoutBeneficiary.extend({
  customer_id: z.string().nullable().describe("Which of the shop's customers it is, by a link."),
  created_by_name: actorName,
  edited_by_name: actorName,
  audit_lines: z.array(PayoutAuditLine),
  same_account: z
    .array(z.object({ id: z.string(), name: z.string(), status: z.enum(beneficiaryStatuses) }))
    .describe("Others who have the same account, however it is written."),
})

const beneficiaryFields = fieldsOf(PayoutBeneficiary)

export const retrieveBeneficiaryConfig = oneRowOf(beneficiaryFields)
export const listBeneficiariesConfig = listOf(beneficiaryFields)

/** A beneficiary as of its newest version, with all that was done about it. */
export async function beneficiaryAnswer(
  container: MedusaContainer,
  id: string,
  fields = beneficiaryFields
) {
  const what = { entity: "payout_beneficiary", what: "beneficiary", id, fields }
  const row = await retrieveRow(container, what)
  const others = await payoutsOf(container).beneficiariesWithSameAccount(id)
  const same_account = others.map((other) => {
    return { id: other.id, name: other.name, status: other.status }
  })
  const [named] = await withNames(container, [row], ["created_by", "edited_by"])
  const customer_id = await customerOfBeneficiary(container, id)
  return {
    beneficiary: {
      ...named,
      customer_id,
      audit_lines: await auditLinesOf(container, id),
      same_account,
    },
  }
}

const VersionRow = z.object({
  id: z.string(),
  beneficiary_id: z.string(),
  version: z.int().describe("From 1."),
  ...payee,
  changed_fields: z
    .array(z.string())
    .describe("What differs from the version before, such as `name` or `account.account_number`."),
  edited_by: adminId,
  changed_by: z
    .record(z.string(), z.string())
    .describe("Who last changed what is sent, by field, such as `name` or `account.bank_code`."),
  account_changed_at: time.nullable(),
  created_at: time,
})

export const PayoutBeneficiaryVersion = VersionRow.extend({ edited_by_name: actorName })

export const listVersionsConfig = listOf(fieldsOf(VersionRow))
