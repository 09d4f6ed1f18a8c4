import { updateStoresWorkflow } from "@medusajs/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Market } from "./markets"

/** Names the store that Medusa makes at its first start, and gives it the currencies of the markets. */
export async function ensureStore(
  container: MedusaContainer,
  markets: readonly Market[]
): Promise<{ salesChannelId: string }> {
  const [store] = await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  const salesChannelId = store?.default_sales_channel_id
  if (!store || !salesChannelId) {
    throw new Error("Medusa has made no store with a sales channel: run the migrations first")
  }
  const currencies = [...new Set(markets.map(({ currency }) => currency))]
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: store.id },
      update: {
        name: "Kanto Goods",
        supported_currencies: currencies.map((currency, index) => ({
          currency_code: currency,
          is_default: index === 0,
          is_tax_inclusive: true,
        })),
      },
    },
  })
  return { salesChannelId }
}
