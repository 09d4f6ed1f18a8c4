import { createInventoryLevelsWorkflow } from "@medusajs/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

const PIECES = 1000

/** Puts plenty of every article that has no stock yet onto the warehouse's shelf. */
export async function ensureStock(container: MedusaContainer, locationId: string): Promise<void> {
  const inventory = container.resolve(Modules.INVENTORY)
  const items = await inventory.listInventoryItems({}, { take: null })
  const levels = await inventory.listInventoryLevels({ location_id: locationId }, { take: null })
  const stocked = new Set(levels.map(({ inventory_item_id }) => inventory_item_id))
  const missing = items.filter(({ id }) => !stocked.has(id))
  if (missing.length === 0) return
  await createInventoryLevelsWorkflow(container).run({
    input: {
      inventory_levels: missing.map(({ id }) => ({
        inventory_item_id: id,
        location_id: locationId,
        stocked_quantity: PIECES,
      })),
    },
  })
}
