import { model } from "@medusajs/framework/utils"

/** The table behind `GivenApproval`: a person's yes to one transfer. Of a row only `voided_at` ever changes. */
export const PayoutApproval = model
  .define("payout_approval", {
    id: model.id({ prefix: "poapp" }).primaryKey(),
    transfer_id: model.text(),
    approved_by: model.text(),
    actor: model.text(),
    approval_signature: model.text(),
    note: model.text().nullable(),
    voided_at: model.dateTime().nullable(),
  })
  .indexes([{ on: ["transfer_id", "created_at"], where: null }])
