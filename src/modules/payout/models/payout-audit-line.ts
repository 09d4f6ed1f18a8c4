import { model } from "@medusajs/framework/utils"

/** Who looked at an account, who decided what, and what a gateway contradicted. Rows are only ever added. */
export const PayoutAuditLine = model
  .define("payout_audit_line", {
    id: model.id({ prefix: "poaud" }).primaryKey(),
    /** A beneficiary or a transfer. */
    subject_id: model.text(),
    actor: model.text(),
    action: model.text(),
    note: model.text().nullable(),
    /** One of `src/shared/reasons.ts`; null of a person's own words. */
    note_code: model.text().nullable(),
    note_details: model.json().nullable(),
  })
  .indexes([{ on: ["subject_id", "created_at"], where: null }])
