import { readSale, requireSale } from "../../../../../../workflows/till/read-sale"
import { onSale } from "../../answers"

export const GET = onSale(async (container, { id }) =>
  readSale(container, await requireSale(container, id))
)
