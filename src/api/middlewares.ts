import { authenticate, defineMiddlewares } from "@medusajs/framework/http"
import { middlewaresOf } from "./admin/admin-route"
import { gatewayPaymentRoutes } from "./admin/gateway-payments/routes"
import { tillRoutes } from "./admin/gateway-payments/till/routes"
import { payoutRoutes } from "./admin/payouts/routes"
import { cancelOrderGuard } from "./guards/cancel-order"
import {
  completeCartGuard,
  cartTotalGuard,
  paidCart,
  paidCartOfCollection,
} from "./guards/paid-cart"
import { orderChangeRoutes } from "./guards/order-changes"
import { oneChoiceAtATime, paymentSessionInput } from "./guards/payment-session"
import { storableAddress, storableRequest } from "./guards/storable-request"
import { usableProviders } from "./guards/usable-providers"
import { webhookInbox, hookRoutes } from "./webhook/webhook-routes"

/**
 * The parameters carry core's own names: under another name a middleware is registered after core's route
 * and never runs.
 */
export default defineMiddlewares({
  routes: [
    ...[
      "/admin/gateway-payments",
      "/admin/payouts",
      "/store/payment-sessions",
      "/store/saved-payment-methods",
    ].map((matcher) => ({ matcher, middlewares: [storableRequest] })),
    { matcher: "/payments", middlewares: [storableAddress] },
    {
      method: ["POST", "GET"],
      matcher: "/hooks/payment/:provider",
      middlewares: [webhookInbox],
    },
    ...hookRoutes(),
    {
      method: ["POST"],
      matcher: "/store/payment-collections/:id/payment-sessions",
      middlewares: [storableRequest, paymentSessionInput, paidCartOfCollection, oneChoiceAtATime],
    },
    {
      method: ["POST"],
      matcher: "/admin/payment-collections/:id/payment-sessions",
      middlewares: [storableRequest, oneChoiceAtATime],
    },
    {
      // Medusa passes on what an admin, or a plugin by an API key, writes into a session as it comes.
      method: ["POST"],
      matcher: "/admin/payment-collections/:id/payment-sessions",
      middlewares: [paymentSessionInput, paidCartOfCollection],
    },
    {
      method: ["GET"],
      matcher: "/store/payment-providers",
      middlewares: [usableProviders],
    },
    {
      method: ["POST"],
      matcher: "/store/carts/:id/complete",
      middlewares: [storableRequest, cartTotalGuard, completeCartGuard],
    },
    ...orderChangeRoutes(),
    {
      method: ["POST"],
      matcher: "/admin/orders/:id/cancel",
      middlewares: [storableRequest, cancelOrderGuard],
    },
    ...[...gatewayPaymentRoutes, ...tillRoutes, ...payoutRoutes].map(middlewaresOf),
    {
      matcher: "/store/saved-payment-methods*",
      middlewares: [authenticate("customer", ["session", "bearer"])],
    },
    ...[
      { method: ["POST" as const], matcher: "/store/carts/:id" },
      { method: ["POST" as const], matcher: "/store/carts/:id/customer" },
      { method: ["POST" as const], matcher: "/store/carts/:id/line-items" },
      {
        method: ["POST" as const, "DELETE" as const],
        matcher: "/store/carts/:id/line-items/:line_id",
      },
      { method: ["POST" as const, "DELETE" as const], matcher: "/store/carts/:id/promotions" },
      { method: ["POST" as const], matcher: "/store/carts/:id/shipping-methods" },
      { method: ["POST" as const], matcher: "/store/carts/:id/taxes" },
    ].map((route) => ({ ...route, middlewares: [storableRequest, paidCart] })),
  ],
})
