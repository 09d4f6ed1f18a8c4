import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { PaymentSessionStatus } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import {
  createOrderPaymentCollectionWorkflow,
  createPaymentSessionsWorkflow,
} from "@medusajs/medusa/core-flows"
import { unsettledStates } from "../../modules/payment-journal/gateway-operation"
import type {
  NewPaymentRequest,
  PaymentPurpose,
} from "../../modules/payment-journal/repositories/payment-requests"
import { notAllowed } from "../../providers/base/errors"
import { requestKey } from "../../providers/base/payment-request"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { nextAction } from "../../storefront/next-action"
import { leaseKeys, withLeaseOf } from "../leases"
import { paymentOfSession } from "../payments/settle-payment"
import { amountDue } from "./amount-due"
import { sessionRow, sessionsOfOrder } from "../medusa-reads"
import { deleteSession } from "../medusa-writes"

type OpenOrderPaymentInput = {
  order_id: string
  /** Medusa's id of the provider, such as `pp_paymentz_paymentz`. */
  provider_id: string
  /** Major units; all that is due where there is none. */
  amount?: BigNumberInput
  purpose: PaymentPurpose
  /** The order at the gateway whose money is attached. */
  reference?: string
  /** The gateway's number of the method that is charged. */
  saved_method_id?: string
  /** The code of the shopper's app that is charged. */
  auth_code?: string
}

const amountDueStep = createStep(
  "amount-due-on-order",
  async (input: OpenOrderPaymentInput, { container }) => {
    const { order_id, amount, reference } = input
    refuseWithoutLinks(container, input)
    const due = await amountDue(container, order_id, amount)
    const earlier = await replaceableSessions(container, order_id, reference)
    return new StepResponse({ ...due, earlier })
  }
)

/** Before anything is opened; what another package's provider can is seen by what it opens. */
function refuseWithoutLinks(
  container: MedusaContainer,
  { provider_id, purpose }: Pick<OpenOrderPaymentInput, "provider_id" | "purpose">
): void {
  const gateway = gatewayContextOf(container, provider_id)?.context.gateway
  if (purpose === "link" && gateway && !gateway.capabilities.links) {
    throw notAllowed(`${gateway.title} has no links that can be sent to a customer`)
  }
}

/** Committed before the session is made: the provider gives the session nothing that was not asked for here. */
const requestPaymentStep = createStep(
  "request-payment-of-order",
  async (request: NewPaymentRequest, { container }) =>
    new StepResponse(await journalOf(container).requestPayment(request))
)

/** A link is what a customer can be sent; asked before an earlier link is released. */
const requireLinkStep = createStep(
  "require-payment-link",
  async (opened: { purpose: PaymentPurpose; data: Record<string, unknown> | undefined }) => {
    const action = nextAction({ data: opened.data ?? {} })
    if (opened.purpose === "link" && action.type !== "redirect") {
      throw notAllowed("This payment provider has no links that can be sent to a customer")
    }
    return new StepResponse()
  }
)

/** Only once the new payment is open: where it can't be opened, the earlier one can still be paid. */
const releaseSessionsStep = createStep(
  "release-earlier-sessions",
  async (input: { order_id: string; sessions: string[] }, { container }) => {
    await releaseSessions(container, input.order_id, input.sessions)
    return new StepResponse()
  }
)

/**
 * Opens a payment of its own for what is due on an order that was placed before. It takes the place of earlier ones
 * that were not paid; run it under `withPaymentsOfOrder`.
 */
export const openOrderPaymentWorkflow = createWorkflow(
  "open-order-payment",
  (input: WorkflowData<OpenOrderPaymentInput>) => {
    const due = amountDueStep(input)
    const collections = createOrderPaymentCollectionWorkflow.runAsStep({
      input: transform({ input, due }, ({ input, due }) => ({
        order_id: input.order_id,
        amount: due.amount,
      })),
    })
    const request = requestPaymentStep(
      transform({ input, collections }, ({ input, collections }) => ({
        order_id: input.order_id,
        payment_collection_id: firstId(collections),
        provider_id: input.provider_id,
        purpose: input.purpose,
        reference: input.reference ?? null,
      }))
    )
    const session = createPaymentSessionsWorkflow.runAsStep({
      input: transform({ input, due, request }, ({ input, due, request }) => ({
        payment_collection_id: request.payment_collection_id,
        provider_id: input.provider_id,
        customer_id: due.customer_id ?? undefined,
        data: {
          [requestKey]: request.id,
          ...(input.saved_method_id ? { saved_method_id: input.saved_method_id } : {}),
          ...(input.auth_code ? { auth_code: input.auth_code } : {}),
          ...(due.email ? { payer: { email: due.email } } : {}),
        },
      })),
    })
    requireLinkStep(
      transform({ input, session }, ({ input, session }) => ({
        purpose: input.purpose,
        data: session.data,
      }))
    )
    releaseSessionsStep(
      transform({ input, due }, ({ input, due }) => ({
        order_id: input.order_id,
        sessions: due.earlier,
      }))
    )
    return new WorkflowResponse(
      transform({ session, due }, ({ session, due }) => ({
        session_id: session.id,
        data: session.data,
        amount: due.amount,
      }))
    )
  }
)

function firstId([collection]: readonly { id: string }[]): string {
  if (!collection) {
    throw new Error("Medusa made no payment collection")
  }
  return collection.id
}

/**
 * The payment sessions of an order that hold no money and that another payment takes the place of, after the gateways
 * were asked about them: one thing at a time can be due on an order.
 *
 * @param attached the order at the gateway whose money is about to pay for the order: it is no earlier payment
 * @throws MedusaError not_allowed while a charge is not settled, money that came is not booked yet, or a pay code
 * that the order was placed on can still be paid
 */
async function replaceableSessions(
  container: MedusaContainer,
  orderId: string,
  attached: string | undefined
): Promise<string[]> {
  const replaceable: string[] = []
  for (const sessionId of await sessionsOfOrder(container, orderId)) {
    const orders = await journalOf(container).ordersOfSession(sessionId)
    const isEarlier = orders.length > 0 && orders.every(({ reference }) => reference !== attached)
    if (isEarlier && (await isReplaceable(container, orderId, sessionId))) {
      replaceable.push(sessionId)
    }
  }
  return replaceable
}

async function isReplaceable(
  container: MedusaContainer,
  orderId: string,
  sessionId: string
): Promise<boolean> {
  const payment = await paymentOfSession(container, sessionId)
  const session = await sessionRow(container, sessionId)
  if (!session || session.hasPayment || !payment) {
    return false
  }
  const isPending = payment.state === "pending"
  if (payment.todo || (isPending && (await hasUnsettledCharge(container, sessionId)))) {
    throw notAllowed(
      `An earlier charge of order ${orderId} is not settled yet (payment session ${sessionId}). Nothing was ` +
        `sent. Run confirmPaymentWorkflow for that session until it is paid or failed, then try again`,
      { code: "charge_unsettled" }
    )
  }
  if (isPending && session.status === PaymentSessionStatus.PENDING_AUTHORIZATION) {
    throw notAllowed(
      `Order ${orderId} was placed on a code that can still be paid (payment session ${sessionId}). Wait until it is ` +
        `paid or its time is over, so that the order is not paid twice`,
      { code: "placed_on_code" }
    )
  }
  return payment.state !== "paid" && payment.state !== "authorized"
}

async function hasUnsettledCharge(container: MedusaContainer, sessionId: string): Promise<boolean> {
  const journal = journalOf(container)
  const orders = await journal.ordersOfSession(sessionId)
  const charges = await Promise.all(
    orders.map(async ({ reference }) => await journal.operationsOfOrder(reference, "charge"))
  )
  return charges.flat().some(({ state }) => unsettledStates.includes(state))
}

/**
 * Lets go of sessions whose place another payment of the order has taken. What is paid by them all the same is listed.
 *
 * @throws MedusaError not_allowed where one was paid in the meantime
 */
export async function releaseSessions(
  container: MedusaContainer,
  orderId: string,
  sessionIds: readonly string[]
): Promise<void> {
  for (const sessionId of sessionIds) {
    await withLeaseOf(container, leaseKeys.payment(sessionId), async () => {
      const session = await sessionRow(container, sessionId)
      if (session?.hasPayment) {
        throw notAllowed(
          `An earlier payment of order ${orderId} (payment session ${sessionId}) was made in the meantime. Nothing was ` +
            `charged. Look at what is due on the order now`,
          { code: "paid_meanwhile" }
        )
      }
      if (session) {
        await deleteSession(container, session)
      }
    })
  }
}
