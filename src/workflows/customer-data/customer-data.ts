/** What this plugin keeps of one customer, as the export tells it; Medusa's own rows of them are Medusa's to tell. */
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { gatewayReference } from "../../modules/payment-journal/references"
import {
  auditLinesAbout,
  exceptionsAbout,
  messagesAbout,
  paymentPages,
  type PaymentWithMoney,
} from "../../modules/payment-journal/repositories/payment-queries"
import type { BeneficiaryHistory } from "../../modules/payout/actions/beneficiary-history"
import { orderDetails, sessionOf } from "../../providers/base/order-details"
import { journalOf } from "../../providers/registry"
import { exceptionsOf } from "../exceptions/announce-exception"
import { oneStepWorkflow } from "../one-step"
import { customersByEmail, ownersOfCustomers } from "../payments/shop-rows"
import { payoutsIfAny } from "../payouts/payout-workflow"
import { beneficiariesOfCustomer, emailOfCustomer, payersOfSessions } from "./customer-rows"
import { type CustomersMethod, savedMethodsOf } from "./saved-methods"

/** Amounts are exact texts in major units. */
export type CustomerData = {
  customer_id: string
  /**
   * Other customers with the same e-mail address, such as the one that Medusa made when they bought as a guest. Whether
   * they are the same person is for somebody to say: export them by their own ids.
   */
  same_email: string[]
  payments: CustomerPayment[]
  saved_methods: CustomersMethod[]
  beneficiaries: BeneficiaryHistory[]
}

type CustomerPayment = {
  reference: string
  provider_id: string
  gateway_id: string | null
  state: string
  amount: string
  received_amount: string
  refunded_amount: string
  currency_code: string
  cart_id: string | null
  created_at: Date
  /** What Medusa's payment session keeps of who pays, for as long as it does. */
  payer: Record<string, unknown> | null
  /** Where they were sent back to. */
  return_url: string | null
  captures_and_refunds: { kind: string; amount: string; state: string; created_at: Date }[]
  /** What the gateway told, with what is personal in it masked. */
  messages: { raw_status: string; body: unknown; created_at: Date }[]
  /** What people of the shop had to decide about it. */
  exceptions: { kind: string; state: string; note: string | null; created_at: Date }[]
  /** What people of the shop did about it; who they are is not the customer's. */
  history: { action: string; note: string | null; created_at: Date }[]
}

const perPage = 100
const mostMessages = 1_000

/** @throws MedusaError not_found for a customer that the shop never had, nor any payment of */
async function customerData(container: MedusaContainer, id: string): Promise<CustomerData> {
  const email = await emailOfCustomer(container, id)
  const payments = await paymentsOfCustomer(container, id)
  const payers = await payersOfSessions(container, payments.map(sessionOf))
  const sameEmail = email === null ? [] : await customersByEmail(container, [email])
  return {
    customer_id: id,
    same_email: sameEmail.filter((other) => other !== id),
    payments: await Promise.all(
      payments.map(async (payment) => ({
        ...(await described(container, payment)),
        payer: payers.get(sessionOf(payment)) ?? null,
      }))
    ),
    saved_methods: await savedMethodsOf(container, id),
    beneficiaries: await beneficiaries(container, id),
  }
}

/** All that were opened for them, also before they had an account, or as a guest. */
export async function paymentsOfCustomer(
  container: MedusaContainer,
  id: string
): Promise<PaymentWithMoney[]> {
  const owners = await ownersOfCustomers(container, [id])
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const payments: PaymentWithMoney[] = []
  for await (const page of paymentPages(database, { belongsTo: [owners] }, perPage)) {
    payments.push(...page)
  }
  return payments
}

async function described(
  container: MedusaContainer,
  payment: PaymentWithMoney
): Promise<Omit<CustomerPayment, "payer">> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { reference } = payment
  const operations = await journalOf(container).operationsOfOrder(reference)
  const references = [reference, ...operations.map((operation) => operation.reference)]
  const exceptions = await exceptionsAbout(database, references)
  const subjects = [payment, ...operations, ...exceptions].map(({ id }) => id)
  const messages = await messagesAbout(database, [gatewayReference(reference)], mostMessages)
  const lines = await auditLinesAbout(database, subjects)
  return {
    reference,
    provider_id: payment.provider_id,
    gateway_id: payment.gateway_id,
    state: payment.state,
    amount: payment.amount,
    received_amount: payment.received_amount,
    refunded_amount: payment.refunded_amount,
    currency_code: payment.currency_code,
    cart_id: payment.cart_id,
    created_at: payment.created_at,
    return_url: orderDetails(payment).return_url ?? null,
    captures_and_refunds: operations.map(({ kind, amount, state, created_at }) => ({
      kind,
      amount,
      state,
      created_at,
    })),
    messages: messages.map(({ raw_status, body, created_at }) => ({
      raw_status,
      body,
      created_at,
    })),
    exceptions: exceptions.map(({ kind, state, note, created_at }) => ({
      kind,
      state,
      note,
      created_at,
    })),
    history: lines.map(({ action, note, created_at }) => ({ action, note, created_at })),
  }
}

async function beneficiaries(
  container: MedusaContainer,
  customerId: string
): Promise<BeneficiaryHistory[]> {
  const payouts = payoutsIfAny(container)
  if (!payouts) {
    return []
  }
  const ids = await beneficiariesOfCustomer(container, customerId)
  return await Promise.all(ids.map(async (id) => await payouts.beneficiaryHistory(id)))
}

export type ExportCustomerDataInput = {
  customer_id: string
  /** The admin who asks for it, or `system` for the shop's own code. */
  actor: string
}

/**
 * All that this plugin keeps of one customer, and that gateways keep for it: their payments, saved payment methods, and
 * what they were paid. Who asked for it is written down. Medusa's own rows (the customer, addresses, orders) are not in
 * it.
 *
 * The result is personal: run it by itself, or in workflows whose executions Medusa does not store.
 *
 * @throws MedusaError not_found for a customer that the shop never had
 */
export const exportCustomerDataWorkflow = oneStepWorkflow(
  "export-customer-data",
  async (container, { customer_id, actor }: ExportCustomerDataInput) => {
    const data = await customerData(container, customer_id)
    const line = { actor, action: "customer data exported", note: null }
    await exceptionsOf(container).addLine(customer_id, line)
    return data
  }
)
