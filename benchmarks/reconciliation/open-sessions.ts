import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
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
import { mapConcurrent } from "../../src/shared/concurrency"
import { providerId } from "./plan"

const concurrency = 8

/** Sessions as the provider itself opens them: a row in the journal, an order at the gateway. */
export async function openSessions(container: MedusaContainer, count: number): Promise<void> {
  const payment = container.resolve(Modules.PAYMENT)
  const requests = Array.from({ length: count }, () => ({ amount: 112, currency_code: "php" }))
  await mapConcurrent(requests, concurrency, async (request) => {
    const collection = await payment.createPaymentCollections(request)
    await payment.createPaymentSession(collection.id, {
      ...request,
      provider_id: providerId,
      data: {},
    })
  })
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
