import { model } from "@medusajs/framework/utils"
import { operationKinds, operationStates } from "../gateway-operation"

/** The table behind `GatewayOperation`; unique among deleted rows too, see models/gateway-order.ts. */
export const GatewayOperation = model
  .define("gateway_operation", {
    id: model.id({ prefix: "gwop" }).primaryKey(),
    reference: model.text(),
    order_reference: model.text(),
    kind: model.enum([...operationKinds]),
    amount: model.bigNumber(),
    currency_code: model.text(),
    state: model.enum([...operationStates]),
    medusa_id: model.text().nullable(),
    exception_id: model.text().nullable(),
    gateway_id: model.text().nullable(),
    gateway_code: model.text().nullable(),
    gateway_message: model.text().nullable(),
    made_elsewhere: model.boolean().default(false),
    lease_expires_at: model.dateTime(),
    next_check_at: model.dateTime().nullable(),
    checks: model.number().default(0),
  })
  .indexes([
    { on: ["reference"], unique: true, where: null },
    { on: ["order_reference"], where: null },
    { on: ["next_check_at"], where: null },
    { on: ["updated_at"], where: null },
    {
      name: "IDX_gateway_operation_open",
      on: ["created_at"],
      where: "state IN ('intended', 'unknown') AND deleted_at IS NULL",
    },
  ])
