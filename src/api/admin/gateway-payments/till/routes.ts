import { z } from "@medusajs/framework/zod"
import type { AdminRoute } from "../../admin-route"
import * as answers from "./answers"
import * as validators from "./validators"

const base = "/admin/gateway-payments/till"

const policies: AdminRoute["policies"] = [{ resource: "gateway_payment", operation: "till" }]

const oneSale = z.object({ till_sale: answers.TillSale })

/** The sales of a shop's till, where a seller scans the code of the shopper's app. */
export const tillRoutes: readonly AdminRoute[] = [
  {
    method: "GET",
    path: base,
    policies,
    summary: "Get the Tills",
    description:
      "The payment providers of the shop's config that charge the code of a shopper's app, each with its currency and " +
      "the regions in which a sale can be opened by an amount, and the shop's name for the receipt.",
    answer: z.object({ shop_name: z.string(), tills: z.array(answers.Till) }),
  },
  {
    method: "GET",
    path: `${base}/orders`,
    policies,
    summary: "List Orders to Pay at the Till",
    description:
      "Draft orders, and placed orders with something due, in a till's currency; the newest ten that fit.",
    query: validators.AdminGetTillOrdersParams,
    answer: z.object({ orders: z.array(answers.TillOrder) }),
  },
  {
    method: "GET",
    path: `${base}/sales`,
    policies,
    summary: "List Sales at the Till",
    description: "The last ten sales, the newest first. No gateway is asked.",
    query: validators.AdminGetTillSalesParams,
    answer: z.object({ till_sales: z.array(answers.TillSale) }),
  },
  {
    method: "POST",
    path: `${base}/sales`,
    policies,
    summary: "Open a Sale at the Till",
    description:
      "Opens a sale for an order, or for an amount, for which a draft order with one item is made. Nothing is charged. " +
      "An order that has an open sale at this till already keeps that one; at another till it is refused, as is an " +
      "idempotency key that opened another sale.",
    body: validators.AdminOpenTillSale,
    takesIdempotencyKey: true,
    answer: oneSale,
    errors: [404],
  },
  {
    method: "GET",
    path: `${base}/sales/:id`,
    policies,
    summary: "Get a Sale at the Till",
    description: "Where a sale stands by what the shop knows. No gateway is asked.",
    answer: oneSale,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/sales/:id/charge`,
    policies,
    summary: "Charge a Shopper's Code",
    description:
      "Charges the code that was scanned, once however often the request is sent, and waits for the outcome for up to a " +
      "minute. Where the answer is lost, ask for the sale; the code is never sent again.",
    body: validators.AdminChargeTillSale,
    answer: oneSale,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/sales/:id/refresh`,
    policies,
    summary: "Ask about a Sale at the Till",
    description:
      "Asks the gateway what became of the last code, where that is not known, and places the order where it was paid.",
    answer: oneSale,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/sales/:id/set-aside`,
    policies,
    summary: "Set a Shopper's Code Aside",
    description:
      "A person has seen on the shopper's phone that the last code paid nothing, so that another can be scanned. Taken a " +
      "minute after the scan at the earliest, and only where the gateway, asked once more, knows of no payment. What is " +
      "paid by it all the same is listed as a payment exception.",
    answer: oneSale,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/sales/:id/cancel`,
    policies,
    summary: "Cancel a Sale at the Till",
    description:
      "Ends a sale by which nothing was paid, or whose money was given back or settled as a payment exception. Deletes the " +
      "draft order that was made for it where no payment of it was begun or made; any other order stays.",
    answer: oneSale,
    errors: [404],
  },
]
