import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** In seconds: longer than a charge and the questions about it take. */
const waitFor = 180

/**
 * Under one lock from the look at what is due on an order to what was booked on it, so that of two who pay for
 * it at once the second sees what the first has paid. Shops with several servers need a locking module that
 * they share, as Medusa itself does.
 *
 * @param besides other locks that are to be held with it
 */
export async function withPaymentsOfOrder<Result>(
  container: MedusaContainer,
  order_id: string,
  act: () => Promise<Result>,
  besides: readonly string[] = []
): Promise<Result> {
  return await container
    .resolve(Modules.LOCKING)
    .execute([`payments-of-order:${order_id}`, ...besides], act, { timeout: waitFor })
}
