import type { Logger } from "@medusajs/framework/types"
import type { ZodType } from "zod"
import {
  createGatewayHttp,
  type GatewayHttp,
  type GatewayHttpOptions,
} from "../../gateways/shared/http"
import {
  AbstractPayoutProvider,
  type NewPayoutBeneficiary,
  type PayoutBeneficiaryResult,
  type PayoutOrder,
  type PayoutReport,
  type PayoutResult,
} from "../../modules/payout/provider"
import { noteCall } from "../../providers/base/context"
import type { SetUpHints } from "../../providers/base/errors"
import { type CallOptions, callSettings, parseOptions } from "../../providers/base/options"
import {
  failedToAsk,
  failedToRegister,
  failedToSend,
  fieldProblem,
  orderProblem,
  personalOf,
  withoutPersonal,
} from "./outcomes"

/** What a gateway is asked about: the transfer, and the gateway's own number of it where it was told. */
export type AskedTransfer = PayoutOrder & { gatewayId: string | null }

/**
 * The provider contract over a gateway's calls, whose failures become outcomes: by what the gateway could have
 * done, and in words that hold nothing of the payee.
 */
export abstract class GatewayPayoutProvider extends AbstractPayoutProvider {
  /** Where a person looks who has to decide about a beneficiary, because the answer was lost. */
  protected abstract readonly whereToLook: string

  protected abstract readonly setUp: SetUpHints

  /** @throws GatewayError */
  protected abstract register(beneficiary: NewPayoutBeneficiary): Promise<PayoutBeneficiaryResult>

  /** @throws GatewayError */
  protected abstract send(order: PayoutOrder): Promise<PayoutResult>

  /** @throws GatewayError */
  protected abstract ask(order: AskedTransfer): Promise<PayoutReport>

  get #subject() {
    return { title: this.title, setUp: this.setUp }
  }

  async createBeneficiary(beneficiary: NewPayoutBeneficiary): Promise<PayoutBeneficiaryResult> {
    const problem = fieldProblem(beneficiary.account, this.capabilities.accountFields)
    const result: PayoutBeneficiaryResult =
      problem === undefined
        ? await this.register(beneficiary).catch((error: unknown) =>
            failedToRegister(error, this.whereToLook, this.#subject)
          )
        : { status: "rejected", message: problem }
    return withoutPersonal(result, personalOf(beneficiary))
  }

  async initiateTransfer(order: PayoutOrder): Promise<PayoutResult> {
    const problem = orderProblem(order, this.capabilities)
    // Never to be sent as it stands: it is as final as a no of the gateway's.
    const result: PayoutResult =
      problem === undefined
        ? await this.send(order).catch((error: unknown) => failedToSend(error, this.#subject))
        : { outcome: "failed", message: problem }
    return withoutPersonal(result, personalOf(order))
  }

  async retrieveTransfer(order: AskedTransfer): Promise<PayoutReport> {
    return withoutPersonal(
      await this.ask(order).catch((error: unknown) => failedToAsk(error, this.#subject)),
      personalOf(order)
    )
  }
}

/** What a provider of payouts is called and what its options must look like. */
export type PayoutDefinition<Options> = {
  /** With `id: "x"` in the shop's config the provider is `po_<identifier>_x`. */
  identifier: string
  title: string
  options: ZodType<Options>
}

/** @throws MedusaError invalid_data naming each option that is wrong; it never holds a value */
export function payoutOptionsOf<Options>(
  definition: PayoutDefinition<Options>,
  options: unknown
): Options {
  return parseOptions(definition, options, "payout-providers")
}

/** What the payout module's container gives a provider. */
export type PayoutCradle = { logger: Pick<Logger, "debug" | "warn"> }

/** The connections of one provider, each call of which leaves a line in the log. */
export function payoutHttp(
  { logger }: PayoutCradle,
  options: CallOptions & { baseUrl: string },
  gateway: Pick<GatewayHttpOptions, "gateway" | "readGatewayError">
): GatewayHttp {
  return createGatewayHttp({
    ...gateway,
    ...callSettings(options),
    baseUrl: options.baseUrl,
    onCall: (record) => noteCall(logger, record),
  })
}

/**
 * How long a transfer can be under way at most, in milliseconds: each call its whole time, and one time more
 * for whatever is slow on our side, so that a call's own time-out is always what ends it.
 *
 * @param calls how many it takes, those for a token and the repeat after HTTP 401 included
 */
export function leaseFor(timeoutMs: number, calls: number): number {
  return timeoutMs * (calls + 1)
}
