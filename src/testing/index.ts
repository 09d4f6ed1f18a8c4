/**
 * What a provider of another package is tested with, `medusa-regional-payments/testing`: the suites that the gateways and the
 * providers of payouts of this package pass, a journal in memory, a gateway that does as it is told, and messages signed as
 * each gateway signs them. For Jest: the suites use its `describe`, `it` and `expect`.
 */

export { conformance } from "./conformance/conformance"
export type {
  ChargeControl,
  ChargeTraits,
  GatewayData,
  GatewaySandbox,
  Money,
  Move,
  Operation,
  ProviderClass,
  RefundWords,
  SandboxSettings,
  StatusRow,
  WebhookChange,
  WebhookEncoding,
  WireTraits,
} from "./conformance/gateway-data"
export { payoutConformance } from "./payout-conformance/payout-conformance"
export type {
  AnswerFacts,
  DeclaredCapabilities,
  PayoutData,
  PayoutOperation,
  PayoutProviderClass,
  PayoutSandbox,
  PayoutWebhookChange,
  PayoutWireTraits,
  WordRow,
} from "./payout-conformance/payout-data"
export type { Fault, Json } from "./conformance/faults"
export type { ReceivedRequest } from "./conformance/support/http-listener"
export { MemoryJournal } from "./memory-journal"
export { FakeGateway, type FakeSettings } from "./fake-gateway"
export { FakeProvider, recordingLogger } from "./fake-provider"
export { FakeStore } from "./fake-store"
export type { PaymentSessionRow, ProviderCradle } from "../providers/base/medusa-rows"
export { type SignedMessage, signedMessage, type ToldOrder } from "./signed-messages"
