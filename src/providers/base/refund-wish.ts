import type { BigNumberInput } from "@medusajs/framework/types"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { LivingRows } from "../../modules/payment-journal/journal"

export type RefundWish = {
  order: GatewayOrder
  amount: BigNumberInput
  /** Medusa's refund id: new on every try. */
  refundId: string | null
  living: LivingRows
}
