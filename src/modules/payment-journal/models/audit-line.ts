import { model } from "@medusajs/framework/utils"

/** The table behind `AuditLine`. */
export const GatewayAuditLine = model
  .define("gateway_audit_line", {
    id: model.id({ prefix: "gwaud" }).primaryKey(),
    subject_id: model.text(),
    actor: model.text(),
    action: model.text(),
    note: model.text().nullable(),
  })
  .indexes([{ on: ["subject_id"], where: null }])
