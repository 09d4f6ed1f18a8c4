/**
 * What a gateway of another package is made with, `medusa-regional-payments/extend`; docs/extending.md walks through it. What
 * stands here is kept from release to release.
 */

// The contract.
export type {
  GatewayCapabilities,
  GatewayDefinition,
  GatewayTools,
  KnownOrder,
  LifecycleOptions,
  NextAction,
  Operation,
  OperationStatus,
  OrderReport,
  PaymentGateway,
} from "./providers/base/gateway"
export type { SetUpHints } from "./providers/base/errors"

// What Medusa loads.
export { paymentModuleProvider, paymentProvider } from "./providers/define-payment-provider"
export { SavedMethodsProvider } from "./providers/base/saved-methods"

// A provider of payouts.
export type {
  NewPayoutBeneficiary,
  PayoutBalance,
  PayoutBeneficiaryResult,
  PayoutCapabilities,
  PayoutOrder,
  PayoutReport,
  PayoutResult,
} from "./modules/payout/provider"
export { payoutModuleProvider } from "./payout-providers/base/payout-module"
export {
  type AskedTransfer,
  GatewayPayoutProvider,
  leaseFor,
  type PayoutCradle,
  type PayoutDefinition,
  payoutHttp,
  payoutOptionsOf,
} from "./payout-providers/base/provider"

// Options.
export {
  callOptions,
  callSettings,
  commonOptions,
  gatewayAddress,
  requiredSecret,
  requiredText,
  webAddress,
} from "./providers/base/options"
export { ownReferences } from "./providers/base/order-details"
export { Secret } from "./gateways/shared/secret"

// Calls and their answers.
export { createGatewayHttp, type GatewayHttp } from "./gateways/shared/http"
export type { GatewayAnswer, GatewayCall } from "./gateways/shared/request"
export { amountField, meaningOf, readJson } from "./gateways/shared/messages"
export {
  GatewayDeclinedError,
  GatewayError,
  gatewayErrors,
  type RefusalMeaning,
} from "./gateways/shared/errors"
export { decimal, type DecimalString, numberLiteral, tryDecimal } from "./gateways/shared/money"

// Messages.
export type { OwnReferences, WebhookMessage, WebhookReport } from "./gateways/shared/webhook"
export { parseJsonObject, parseJsonOrForm } from "./gateways/shared/json"
export { digest, digestEquals } from "./gateways/shared/digest"
