import type {
  AbstractPayoutProvider,
  NewPayoutBeneficiary,
  PayoutCapabilities,
} from "../../modules/payout/provider"
import type { PayoutCradle } from "../../payout-providers/base/provider"
import type {
  Fault,
  Json,
  Money,
  SandboxSettings,
  WebhookEncoding,
} from "../conformance/gateway-data"
import type { ChangeSignature } from "../conformance/support/forged-requests"

/**
 * All that the suite must be told of a provider of payouts. A provider adds data, not tests: what it says here
 * decides which scenarios are registered for it and what they expect.
 */
export type PayoutData = {
  /** As in the shop's provider ids. */
  readonly identifier: string
  /** Another gateway behind the same provider, such as one with fewer calls; absent for the usual one. */
  readonly variant?: string
  /** What the provider must declare of itself, word for word, but for how its fields must look. */
  readonly capabilities: DeclaredCapabilities
  readonly wire: PayoutWireTraits
  /** The first one is what transfers are made in; lower case. */
  readonly currency: string
  /** Every documented word for a transfer, and what it is worth. */
  readonly words: readonly WordRow[]
  /** A complete answer with HTTP 200 about this transfer, with any word; `null` where it says none. */
  answer(operation: "send" | "ask", facts: AnswerFacts): Json
  /** Answers with HTTP 200 that look like a yes and prove nothing about the transfer. */
  misleading(reference: string): readonly Json[]
  /** A no of the gateway's in these words, to a question or to the sending of money. */
  refusal(words: string): Json
  /** Puts another signature in the place of a webhook's own. */
  changeSignature: ChangeSignature
  readonly Provider: PayoutProviderClass
  startSandbox(settings: SandboxSettings): Promise<PayoutSandbox>
}

export type DeclaredCapabilities = Omit<
  PayoutCapabilities,
  "contactFields" | "accountFields" | "identityFields" | "leaseMs"
> &
  Readonly<Record<"contactFields" | "accountFields" | "identityFields", readonly string[]>>

/** What the wire protocol has, beyond what the provider declares. */
export type PayoutWireTraits = {
  /** Making a beneficiary known is a call that the gateway acts on; else nothing is made by it. */
  readonly makesBeneficiaries: boolean
  /** Answers name the amount that was sent. */
  readonly namesAmount: boolean
  /** Answers name the gateway's own number of the transfer. */
  readonly namesNumber: boolean
  /** Calls carry an access token that is fetched first. */
  readonly accessToken: boolean
  /** How the bodies of webhooks can be written. */
  readonly webhookEncodings: readonly WebhookEncoding[]
  /** Whether the signature of a webhook covers the amount. */
  readonly signsAmount: boolean
}

export type WordRow = {
  readonly word: string
  readonly outcome: "succeeded" | "failed" | "processing" | "returned"
}

export type AnswerFacts = {
  readonly reference: string
  readonly word: string | null
}

/** `register` makes a beneficiary known, or looks whether it can be paid. */
export type PayoutOperation = "token" | "register" | "send" | "ask" | "balance"

export type PayoutProviderClass = new (
  cradle: PayoutCradle,
  options: Record<string, unknown>
) => AbstractPayoutProvider

/** A gateway's stand-in, running. By itself it sends what it is told to at once. References are ours. */
export interface PayoutSandbox {
  readonly url: string
  /** What a shop would paste into medusa-config. */
  readonly options: Readonly<Record<string, unknown>>
  /** Every text that must never be seen outside: what `options` holds and every token given out so far. */
  secrets(): readonly string[]
  /** Somebody who can be paid. What `personal` lists must be in no log and no error. */
  payee(): {
    readonly beneficiary: NewPayoutBeneficiary
    readonly personal: readonly string[]
  }
  /** What becomes of transfers from now on: at once, or later by `end`. */
  answerWith(outcome: "succeeded" | "failed" | "processing"): void
  /** Ends a transfer that is being processed. */
  end(reference: string, outcome: "succeeded" | "failed"): void
  /** The money of a transfer that succeeded comes back. */
  giveBack(reference: string): void
  /** A reference that is sent twice is refused, where else it would be paid twice. Not called where it is one transfer. */
  refuseDuplicates(): void
  moves(reference: string): readonly Money[]
  returns(reference: string): readonly Money[]
  /** How many calls reached the gateway, refused or not. */
  calls(operation: PayoutOperation): number
  fault(operation: PayoutOperation, fault: Fault): void
  clearFaults(): void
  /** No token that was given out so far is taken any more. */
  endTokens(): void
  /** How webhooks go out from now on. */
  setWebhooks(change: PayoutWebhookChange): void
  /** Sends, with a true signature, that the transfer succeeded, whether or not it did. */
  claimSucceeded(reference: string): void
  /** Sends, with a true signature, that an order of the shop's was paid. */
  claimOrderPaid(reference: string): void
  webhooksSettled(): Promise<void>
  close(): Promise<void>
}

export type PayoutWebhookChange = {
  readonly forged?: boolean
  readonly copies?: number
  readonly encoding?: WebhookEncoding
}
