import { z } from "@medusajs/framework/zod"

/** A filter of a list that takes one value or several: `state=open`, or `state[]=open&state[]=closed`. */
export function oneOrMore<Item extends z.ZodType>(item: Item) {
  return z.union([item, z.array(item)]).optional()
}
