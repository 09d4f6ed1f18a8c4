import { z } from "zod"
import { parseThousandths } from "./amount"

/** What the merchant and MoCoPay agreed on in the control box. A call names the `pid` alone, never a price. */
export interface Product {
  readonly pid: string
  readonly type: "onetime" | "subscription"
  /** A decimal in major units, such as `"10.00"`; moved money is written with the same decimals. */
  readonly amount: string
  /** ISO 4217, upper case. */
  readonly currency: string
}

export type ProductInput = Omit<Product, "type"> & Partial<Pick<Product, "type">>

const products = z
  .array(
    z.strictObject({
      pid: z.string().min(1),
      type: z.enum(["onetime", "subscription"]).default("onetime"),
      amount: z
        .string()
        .refine((text) => (parseThousandths(text) ?? 0n) > 0n, "must be a positive decimal"),
      currency: z.string().regex(/^[A-Z]{3}$/, "must be three capitals"),
    })
  )
  .refine((all) => new Set(all.map(({ pid }) => pid)).size === all.length, "a pid is there twice")

/** @throws {Error} that names what is wrong. */
export function checkedProducts(input: readonly ProductInput[]): readonly Product[] {
  const parsed = products.safeParse(input)
  if (parsed.success) return parsed.data
  throw new Error(`Not products of MoCoPay: ${z.prettifyError(parsed.error)}`)
}

/** MoCoPay, initPayment and verifyPayment: the products of the vendor's own examples, at prices of ours. */
export const exampleProducts: readonly Product[] = [
  { pid: "PP27638048", type: "onetime", amount: "10.00", currency: "EUR" },
  { pid: "PP27638049", type: "subscription", amount: "5.00", currency: "EUR" },
]
