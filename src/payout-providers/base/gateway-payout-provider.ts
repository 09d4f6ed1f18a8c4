import {
  AbstractPayoutProvider,
  type NewPayoutBeneficiary,
  type PayoutBeneficiaryResult,
  type PayoutOrder,
  type PayoutReport,
  type PayoutResult,
} from "../../modules/payout/provider"
import type { SetUpHints } from "../../providers/base/errors"
import { fieldProblem, orderProblem } from "./order-problem"
import { failedToAsk, failedToRegister, failedToSend } from "./payout-failure"
import { personalOf, withoutPersonal } from "./personal-words"

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
