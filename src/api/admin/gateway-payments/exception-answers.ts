import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { operationKinds, operationStates } from "../../../modules/payment-journal/gateway-operation"
import { gatewayOrderStates } from "../../../modules/payment-journal/gateway-order"
import {
  exceptionKinds,
  exceptionStates,
  type PaymentException as ExceptionRow,
} from "../../../modules/payment-journal/repositories/exceptions"
import { journalOf } from "../../../providers/registry"
import { exceptionsOf } from "../../../workflows/exceptions/announce-exception"
import { choiceRefusals, choicesFor } from "../../../workflows/exceptions/exception-choices"
import { orderRefusals } from "../../../workflows/exceptions/find-orders"
import { actionInput, type ActionWorkflow, answersRefusals } from "../answers-refusals"
import { fieldsOf, rawAmount, retrieveRow, time } from "../read-rows"
import { auditLinesOf, GatewayAuditLine } from "./answers"
import { withPeople } from "./exception-people"

/** What the routes of payment exceptions answer: for each thing its schema, then what reads it. */

const amount = z.number().describe("In major units; the `raw_` value beside it is exact.")
const exactAmount = z.string().describe("Exact, in major units.")

const ExceptionColumns = z.object({
  id: z.string(),
  provider_id: z.string(),
  reference: z.string().describe("Ours; what the gateway knows the payment by."),
  gateway_id: z.string().nullable().describe("The gateway's own ID of it."),
  kind: z.enum(exceptionKinds).describe("Why it is listed."),
  amount,
  raw_amount: rawAmount,
  currency_code: z.string(),
  received_amount: amount,
  raw_received_amount: rawAmount,
  expected_amount: amount,
  raw_expected_amount: rawAmount,
  expected_currency_code: z.string(),
  cart_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  session_id: z.string(),
  order_id: z
    .string()
    .nullable()
    .describe("The order that it was attached to, or whose money is due."),
  payment_id: z.string().nullable().describe("Medusa's payment, where it has one."),
  state: z.enum(exceptionStates),
  note: z.string().nullable(),
  taken_by: z.string().nullable().describe("The ID of who is at it, or was before `taken_until`."),
  taken_until: time
    .nullable()
    .describe("Until then nobody else can decide about it; then anybody can take it over."),
  settled_by: z.string().nullable(),
  settled_at: time.nullable(),
  created_at: time,
  updated_at: time,
})

export const PaymentException = ExceptionColumns.extend({
  customer: z
    .object({
      id: z.string().nullable(),
      name: z.string().nullable(),
      email: z.string().nullable(),
    })
    .nullable()
    .describe("Whose money it is, as far as the shop knows."),
  order: z.object({ id: z.string(), display_id: z.int() }).nullable(),
  taken: z
    .object({
      by: z.string(),
      name: z.string().nullable(),
      until: time,
      is_mine: z.boolean(),
      is_stale: z.boolean().describe("Its time has passed: anybody can take it over."),
    })
    .nullable(),
  settled_by_name: z.string().nullable(),
})

const Choice = z.object({
  amount: exactAmount.nullable(),
  refusal: z
    .object({ code: z.enum(choiceRefusals), message: z.string() })
    .nullable()
    .describe("Why it can't be done, and what to do instead; known before anything is sent."),
})

export const PaymentExceptionDetail = PaymentException.extend({
  audit_lines: z.array(GatewayAuditLine),
  gateway_order: z
    .object({
      reference: z.string(),
      state: z.enum(gatewayOrderStates),
      raw_status: z.string().nullable().describe("The gateway's own word."),
      amount: exactAmount,
      currency_code: z.string(),
      created_at: time,
      expires_at: time.nullable(),
    })
    .nullable()
    .describe("The order at the gateway that the money came for."),
  received_money: z
    .array(
      z.object({
        gateway_id: z.string(),
        amount: exactAmount,
        currency_code: z.string(),
        created_at: time,
      })
    )
    .describe("What came, each payment by the gateway's own number."),
  operations: z
    .array(
      z.object({
        reference: z.string(),
        kind: z.enum(operationKinds),
        amount: exactAmount,
        currency_code: z.string(),
        state: z.enum(operationStates),
        gateway_code: z.string().nullable(),
        gateway_message: z.string().nullable(),
        made_elsewhere: z.boolean(),
        created_at: time,
      })
    )
    .describe("Captures, refunds and voids of it at the gateway."),
  choices: z.object({ refund: Choice, attach: Choice }),
})

export const OrderToAttach = z.object({
  id: z.string(),
  display_id: z.int(),
  status: z.string(),
  email: z.string().nullable(),
  customer_name: z.string().nullable(),
  currency_code: z.string(),
  total: exactAmount,
  due: exactAmount,
  created_at: time,
  refusal: z
    .enum(orderRefusals)
    .nullable()
    .describe("Why the money can't be attached to it; null where it can."),
})

export const exceptionFields = fieldsOf(ExceptionColumns)

export const retrieveExceptionConfig = { defaults: exceptionFields, isList: false }
export const listExceptionsConfig = { defaults: exceptionFields, defaultLimit: 20, isList: true }

/**
 * A payment exception with all that a person needs to decide about it: whose it is, what was ordered and what came,
 * what can be done, and what was.
 *
 * @param viewer the id of whoever asks
 */
export async function exceptionAnswer(
  container: MedusaContainer,
  id: string,
  viewer: string,
  fields = exceptionFields
) {
  const what = { entity: "payment_exception", what: "payment exception", id, fields }
  const row = await retrieveRow(container, what)
  const [withNames] = await withPeople(container, [row], viewer)
  const found = await exceptionsOf(container).find(id)
  return {
    payment_exception: {
      ...withNames,
      audit_lines: await auditLinesOf(container, id),
      ...(found ? await moneyOf(container, found) : {}),
    },
  }
}

/** What was ordered, what came and what was moved, by the journal; and what can be done now. */
async function moneyOf(container: MedusaContainer, found: ExceptionRow) {
  const orderReference = await orderReferenceOf(container, found)
  const journal = journalOf(container)
  const [order, received, operations, choices] = await Promise.all([
    journal.findOrder(orderReference),
    journal.moneyOfOrder(orderReference),
    journal.operationsOfOrder(orderReference),
    choicesFor(container, found),
  ])
  return {
    gateway_order: order
      ? {
          reference: order.reference,
          state: order.state,
          raw_status: order.raw_status,
          amount: order.amount,
          currency_code: order.currency_code,
          created_at: order.created_at,
          expires_at: order.expires_at,
        }
      : null,
    received_money: received.map(({ gateway_id, amount, currency_code, created_at }) => ({
      gateway_id,
      amount,
      currency_code,
      created_at,
    })),
    operations: operations.map((operation) => ({
      reference: operation.reference,
      kind: operation.kind,
      amount: operation.amount,
      currency_code: operation.currency_code,
      state: operation.state,
      gateway_code: operation.gateway_code,
      gateway_message: operation.gateway_message,
      made_elsewhere: operation.made_elsewhere,
      created_at: operation.created_at,
    })),
    choices,
  }
}

/** The entry of a booking that Medusa lacks is about an operation; the others are about the payment itself. */
async function orderReferenceOf(
  container: MedusaContainer,
  { kind, reference }: ExceptionRow
): Promise<string> {
  if (kind !== "refund_not_booked" && kind !== "capture_not_booked") {
    return reference
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "gateway_operation",
    fields: ["order_reference"],
    filters: { reference },
  })
  return data[0]?.order_reference ?? reference
}

/** The handler of a route that does something to the payment exception in its path and answers with it. */
export function onException<Body extends object = object>(workflow: ActionWorkflow<Body>) {
  return answersRefusals<Body>(async (req, res) => {
    const input = actionInput(req)
    await workflow(req.scope).run({ input })
    res.json(await exceptionAnswer(req.scope, input.id, input.actor))
  })
}
