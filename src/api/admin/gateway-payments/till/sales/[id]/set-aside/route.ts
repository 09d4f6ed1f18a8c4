import { setSaleAside } from "../../../../../../../workflows/till/end-sale"
import { onSale } from "../../../answers"

export const POST = onSale(setSaleAside)
