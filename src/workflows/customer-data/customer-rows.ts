/** What Medusa's own rows say of a customer whom this plugin keeps something of. Tried on Medusa 2.21.2. */
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import beneficiaryOfCustomer from "../../links/payout-beneficiary-customer"
import { notFound } from "../../shared/errors"
import { isPlainObject } from "../../shared/validation"

/**
 * The e-mail address of a customer, also of one that was deleted; null where they have none.
 *
 * @throws MedusaError not_found
 */
export async function emailOfCustomer(
  container: MedusaContainer,
  id: string
): Promise<string | null> {
  const [customer] = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers({ id: [id] }, { select: ["id", "email"], withDeleted: true })
  if (!customer) {
    throw notFound(`There is no customer ${id}`)
  }
  return customer.email ?? null
}

/** The ids of the payees that are this customer. */
export async function beneficiariesOfCustomer(
  container: MedusaContainer,
  customer_id: string
): Promise<string[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: beneficiaryOfCustomer.entryPoint,
    fields: ["payout_beneficiary_id"],
    filters: { customer_id },
  })
  return data.map(({ payout_beneficiary_id }) => payout_beneficiary_id)
}

export type KeptPayer = Record<string, unknown>

/** What payment sessions, and the payments that were made of them, keep of who pays; by the session's id. */
export async function payersOfSessions(
  container: MedusaContainer,
  ids: readonly string[]
): Promise<Map<string, KeptPayer>> {
  if (ids.length === 0) {
    return new Map()
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment_session",
    fields: ["id", "data", "payment.data"],
    filters: { id: [...new Set(ids)] },
  })
  return new Map(
    data.flatMap(({ id, data, payment }): [string, KeptPayer][] => {
      const payer = payerIn(data) ?? payerIn(payment?.data)
      return payer ? [[id, payer]] : []
    })
  )
}

function payerIn(data: unknown): KeptPayer | undefined {
  const payer = isPlainObject(data) ? data.payer : undefined
  return isPlainObject(payer) ? payer : undefined
}

/**
 * Takes out of payment sessions, and of the payments that were made of them, who pays and where they were sent back to.
 * Written as SQL: Medusa's own way to change a session has its provider called, which would open a payment anew.
 *
 * @returns how many rows it changed
 */
export async function erasePayers(
  container: MedusaContainer,
  sessionIds: readonly string[]
): Promise<number> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const change = { data: database.raw("data - 'payer' - 'return_url'"), updated_at: new Date() }
  const hasAny = "jsonb_exists_any(data, array['payer', 'return_url'])"
  const sessions = await database("payment_session")
    .whereIn("id", [...sessionIds])
    .whereRaw(hasAny)
    .update(change)
  const payments = await database("payment")
    .whereIn("payment_session_id", [...sessionIds])
    .whereRaw(hasAny)
    .update(change)
  // Medusa keeps the whole customer beside each session of theirs.
  const contexts = await database("payment_session")
    .whereIn("id", [...sessionIds])
    .whereRaw("jsonb_exists_any(context, array['customer', 'account_holder'])")
    .update({
      context: database.raw("context - 'customer' - 'account_holder'"),
      updated_at: new Date(),
    })
  return sessions + payments + contexts
}
