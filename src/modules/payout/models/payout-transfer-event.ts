import { model } from "@medusajs/framework/utils"
import { transferStates } from "../domain/state"

/** The table behind `TransferEvent`. Rows are only ever added. */
export const PayoutTransferEvent = model
  .define("payout_transfer_event", {
    id: model.id({ prefix: "poev" }).primaryKey(),
    transfer_id: model.text(),
    position: model.number(),
    from_status: model.enum([...transferStates]).nullable(),
    to_status: model.enum([...transferStates]),
    actor: model.text(),
    reason: model.text().nullable(),
    /** One of `src/shared/reasons.ts`; null of a person's own words. */
    reason_code: model.text().nullable(),
    reason_details: model.json().nullable(),
    gateway_code: model.text().nullable(),
    gateway_message: model.text().nullable(),
  })
  .indexes([{ on: ["transfer_id", "position"], unique: true, where: null }])
