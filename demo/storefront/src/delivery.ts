import type { HttpTypes } from "@medusajs/framework/types"
import type { Delivery } from "./totals"

type Bought = Pick<HttpTypes.StoreCart | HttpTypes.StoreOrder, "items" | "shipping_methods">

/** What is sent by e-mail needs no parcel. */
export function deliveryOf({ items, shipping_methods }: Bought): Delivery {
  if (!items?.some(({ requires_shipping }) => requires_shipping)) return "by e-mail"
  return shipping_methods?.length ? "chosen" : "open"
}
