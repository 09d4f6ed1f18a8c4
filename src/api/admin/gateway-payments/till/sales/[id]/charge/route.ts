import { chargeSale } from "../../../../../../../workflows/till/charge-sale"
import { onSale } from "../../../answers"
import type { AdminChargeTillSaleType } from "../../../validators"

export const POST = onSale<AdminChargeTillSaleType>(chargeSale)
