import type { ZodType } from "zod"
import type { GatewayCallRecord } from "../../gateways/shared/request"
import type { OwnAddresses } from "../../shared/own-address"
import type { PaymentGateway } from "./payment-gateway"

/** What a gateway is built with, besides its options. */
export type GatewayTools = {
  now: () => Date
  /** Told of every HTTP call; the record's type has no room for a secret. */
  onCall: (record: GatewayCallRecord) => void
}

/** A gateway as data: its name, what its options must look like, and how to build it from them. */
export type GatewayDefinition<Options> = {
  /** Medusa's identifier; with `id: "x"` in the shop's config the provider is `pp_<identifier>_x`. */
  identifier: string
  title: string
  options: ZodType<Options>
  /** The options that hold an address of this store's own, where there are any. */
  ownAddresses?: OwnAddresses
  build(options: Options, tools: GatewayTools): PaymentGateway
}

/** The part of every gateway's options that the payment lifecycle itself reads. */
export type LifecycleOptions = {
  allowedReturnOrigins: readonly string[]
  timeoutMs: number
  /** Where the shopper is sent on to from the gateway, where the storefront named no place. */
  storefrontUrl?: string
  /** Whether an order may be placed while its pay code is not paid yet. */
  placeOrderBeforePayment?: boolean
  /** Whether money that no order stands for is given back by itself. */
  refundUnmatched?: boolean
  /** How long the bodies of webhooks are kept, in days. */
  webhookRetentionDays?: number
  /** How long webhooks that nobody proved to have sent are kept at all, in days. */
  unprovenWebhookRetentionDays?: number
}
