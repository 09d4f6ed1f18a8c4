import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"

/**
 * Deletes the refund or capture that Medusa wrote before it called the gateway, where its server died before the
 * answer came. Medusa deletes the row of a call that fails; left alone it would stand for money that may never
 * have moved, and keep everybody from repeating the move, which is asked about first and never made twice.
 *
 * @param operation not ended, and taken over: whoever was at work on it is so no more; or none that was ever begun
 * @returns whether there was such a row
 */
export async function takeBackRow(
  container: MedusaContainer,
  { kind, medusa_id }: Pick<GatewayOperation, "kind" | "medusa_id">
): Promise<boolean> {
  if (medusa_id === null) {
    return false
  }
  const payment = container.resolve(Modules.PAYMENT)
  switch (kind) {
    case "refund": {
      const rows = await payment.listRefunds({ id: [medusa_id] })
      await payment.deleteRefunds(rows.map(({ id }) => id))
      return rows.length > 0
    }
    case "capture": {
      const rows = await payment.listCaptures({ id: [medusa_id] })
      await payment.deleteCaptures(rows.map(({ id }) => id))
      return rows.length > 0
    }
    case "reverse": // Medusa has no row of its own for it
    case "charge": // the row is the payment session, which is the shopper's
      return false
  }
}
