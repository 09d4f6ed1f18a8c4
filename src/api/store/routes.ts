import { z } from "@medusajs/framework/zod"
import { paymentStates } from "../../storefront/payment-state"
import type { DocumentedRoute } from "../admin/admin-route"

const SavedPaymentMethod = z.object({
  id: z.string(),
  provider_id: z.string(),
  data: z
    .record(z.string(), z.string())
    .describe("What a page may show of it, such as last digits."),
})

/** The store's routes of this plugin; what guards them stands in `middlewares.ts`. */
export const storeRoutes: readonly DocumentedRoute[] = [
  {
    method: "POST",
    path: "/store/payment-sessions/:id/refresh",
    summary: "Refresh a Payment Session",
    description:
      "For a storefront whose shopper waits: asks the gateway whether the payment was made, completes the cart if so, " +
      "and answers the state and nothing else. It may be called as often as a page likes; the gateway is asked once in " +
      "two seconds.",
    answer: z.object({
      payment_session: z.object({ id: z.string(), state: z.enum(paymentStates) }),
    }),
    errors: [404],
  },
  {
    method: "GET",
    path: "/store/saved-payment-methods",
    summary: "List Saved Payment Methods",
    description:
      "The logged-in customer's own saved ways to pay, at all gateways that keep such. One that can't be asked now is " +
      "left out.",
    answer: z.object({ saved_payment_methods: z.array(SavedPaymentMethod), count: z.int() }),
  },
  {
    method: "DELETE",
    path: "/store/saved-payment-methods/:id",
    summary: "Delete a Saved Payment Method",
    description: "Has the gateway forget one of the logged-in customer's own saved ways to pay.",
    answer: z.object({
      id: z.string(),
      object: z.literal("saved_payment_method"),
      deleted: z.literal(true),
    }),
    errors: [404],
  },
]
