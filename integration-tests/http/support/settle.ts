import { makeDue, reconcile } from "./reconciliation"
import type { Shop } from "./shop"

const mostRuns = 5

/** Time passes, and the shop finds out by itself whatever it can, until a run finds nothing new. */
export async function settle(shop: Shop): Promise<void> {
  for (let runs = 0; runs < mostRuns; runs += 1) {
    await shop.afterWorkflows()
    await makeDue(shop)
    const { settled, failed } = await reconcile(shop)
    if (settled + failed === 0) {
      return await shop.afterWorkflows()
    }
  }
}
