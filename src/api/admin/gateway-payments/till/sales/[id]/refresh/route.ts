import { refreshSale } from "../../../../../../../workflows/till/end-sale"
import { onSale } from "../../../answers"

export const POST = onSale((container, { id }) => refreshSale(container, id))
