import { model } from "@medusajs/framework/utils"
import { exceptionKinds, exceptionStates } from "../repositories/exceptions"

/** The table behind `PaymentException`: of what is found about a reference, one row of each kind is open. */
export const PaymentException = model
  .define("payment_exception", {
    id: model.id({ prefix: "gwexc" }).primaryKey(),
    provider_id: model.text(),
    reference: model.text().searchable(),
    gateway_id: model.text().searchable().nullable(),
    kind: model.enum([...exceptionKinds]),
    amount: model.bigNumber(),
    currency_code: model.text(),
    received_amount: model.bigNumber(),
    expected_amount: model.bigNumber(),
    expected_currency_code: model.text(),
    cart_id: model.text().searchable().nullable(),
    customer_id: model.text().nullable(),
    session_id: model.text(),
    order_id: model.text().searchable().nullable(),
    payment_id: model.text().nullable(),
    state: model.enum([...exceptionStates]),
    note: model.text().nullable(),
    taken_by: model.text().nullable(),
    taken_until: model.dateTime().nullable(),
    settled_by: model.text().nullable(),
    settled_at: model.dateTime().nullable(),
    told_at: model.dateTime().nullable(),
  })
  .indexes([
    {
      name: "IDX_payment_exception_open",
      on: ["reference", "kind"],
      unique: true,
      where: "state = 'open'",
    },
    { on: ["reference"], where: null },
    { on: ["provider_id", "created_at"], where: "told_at IS NULL" },
    { on: ["state", "created_at"], where: null },
  ])
