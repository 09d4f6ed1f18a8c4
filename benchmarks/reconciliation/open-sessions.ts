import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  addShippingMethodToCartWorkflow,
  createCartWorkflow,
  createPaymentCollectionForCartWorkflow,
  createPaymentSessionsWorkflow,
} from "@medusajs/medusa/core-flows"
import {
  philippines,
  seedStore,
  type SeededStore,
} from "../../integration-tests/http/support/seed-store"
import { orderReference } from "../../src/modules/payment-journal/references"
import type { PaymentGateway } from "../../src/providers/base/gateway"
import { mapConcurrent } from "../../src/shared/concurrency"
import { newId } from "../../src/shared/new-id"
import { providerId } from "./plan"

const amount = 112
const currency_code = "php"

const concurrency = 8

/** So many are opened through Medusa, and the others are copies of one of them: of the most, Medusa alone would take half an hour. */
const mostThroughMedusa = 1_000
const copiesAtOnce = 1_000

/** Sessions as the provider itself opens them: a row in the journal, an order at the gateway. */
export async function openSessions(
  container: MedusaContainer,
  count: number,
  gateway: PaymentGateway
): Promise<void> {
  const payment = container.resolve(Modules.PAYMENT)
  const throughMedusa = Math.min(count, mostThroughMedusa)
  const requests = Array.from({ length: throughMedusa }, () => ({ amount, currency_code }))
  const sessionIds: string[] = []
  await mapConcurrent(requests, concurrency, async (request) => {
    const collection = await payment.createPaymentCollections(request)
    const session = await payment.createPaymentSession(collection.id, {
      ...request,
      provider_id: providerId,
      data: {},
    })
    sessionIds.push(session.id)
  })
  const [original] = sessionIds
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  for (let left = count - throughMedusa; original && left > 0; left -= copiesAtOnce) {
    await copySession(database, original, Math.min(left, copiesAtOnce), gateway)
  }
}

/** By table: which of its rows is the original's, and the columns that are a copy's own. */
const copiedRows = {
  payment_collection: {
    original: "id = (select payment_collection_id from payment_session where id = :sessionId)",
    own: { id: "collection_id" },
  },
  payment_session: {
    original: "id = :sessionId",
    own: { id: "session_id", payment_collection_id: "collection_id" },
  },
  gateway_order: {
    original: "session_id = :sessionId",
    own: {
      id: "reference",
      reference: "reference",
      session_id: "session_id",
      payment_collection_id: "collection_id",
    },
  },
}

/** Rows of Medusa's and of the journal as those of a session, and an order at the gateway for each. */
async function copySession(
  database: Knex,
  sessionId: string,
  count: number,
  gateway: PaymentGateway
): Promise<void> {
  const copies = Array.from({ length: count }, () => {
    const session_id = newId("payses")
    return { session_id, collection_id: newId("pay_col"), reference: orderReference(session_id, 0) }
  })
  await mapConcurrent(copies, concurrency, async ({ reference }) => {
    await gateway.createOrder({
      reference,
      amount: String(amount),
      currency: currency_code,
      payer: {},
    })
  })
  for (const [table, { original, own }] of Object.entries(copiedRows)) {
    const columns = Object.entries(own).map(([column, of]) => `'${column}', copy->'${of}'`)
    await database.raw(
      `insert into ${table}
       select (jsonb_populate_record(original, jsonb_build_object(${columns.join(", ")}))).*
       from ${table} as original, jsonb_array_elements(:copies::jsonb) as copy
       where ${original}`,
      { sessionId, copies: JSON.stringify(copies) }
    )
  }
}

/** The same with a cart behind it that can become an order; their references at the gateway. */
export async function openCarts(container: MedusaContainer, count: number): Promise<string[]> {
  const store = await seedStore(container, [philippines([providerId])])
  const references: string[] = []
  const shoppers = Array.from({ length: count }, (_, index) => `shopper-${index}@example.com`)
  await mapConcurrent(shoppers, 2, async (email) => {
    references.push(await checkOut(container, store, email))
  })
  return references
}

async function checkOut(
  container: MedusaContainer,
  store: SeededStore,
  email: string
): Promise<string> {
  const address = {
    first_name: "Maria",
    last_name: "Santos",
    address_1: "12 Mabini St",
    city: "Manila",
    country_code: "ph",
    postal_code: "1000",
  }
  const { result: cart } = await createCartWorkflow(container).run({
    input: {
      region_id: store.regions.ph,
      sales_channel_id: store.salesChannelId,
      email,
      shipping_address: address,
      billing_address: address,
      items: [{ variant_id: store.variants.whole, quantity: 1 }],
    },
  })
  await addShippingMethodToCartWorkflow(container).run({
    input: { cart_id: cart.id, options: [{ id: store.shippingOptionId }] },
  })
  const { result: collection } = await createPaymentCollectionForCartWorkflow(container).run({
    input: { cart_id: cart.id },
  })
  const { result: session } = await createPaymentSessionsWorkflow(container).run({
    input: { payment_collection_id: collection.id, provider_id: providerId },
  })
  return String(session.data.reference)
}
