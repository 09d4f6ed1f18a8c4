import { add, compare, decimal, type DecimalString, subtract } from "../../../gateways/shared/money"
import { GatewayError } from "../../../gateways/shared/errors"
import { notAllowed } from "../../../shared/errors"
import type { PayoutContext } from "../context"
import type { Transfer } from "../domain/transfer"
import type { PayoutBalance } from "../provider"
import { delayAllApproved, sumBeingSent } from "../store/transfer-queries"
import { withTimeout } from "./with-timeout"
import { delayTransfer, tellOfDelay } from "./delay-sending"

/** What can be sent now; see `PayoutModuleService.retrieveBalance`. */
export async function balanceOf(
  { providers, log }: PayoutContext,
  providerId: string
): Promise<PayoutBalance[]> {
  const provider = providers.get(providerId)
  if (!provider.retrieveBalance) {
    throw notAllowed(`${provider.title} does not tell the balance. Look for it in its dashboard`, {
      code: "no_balance",
      details: { provider: provider.title },
    })
  }
  try {
    return await provider.retrieveBalance()
  } catch (error) {
    // Only of our own errors is it known that nothing secret stands in them.
    const detail = error instanceof GatewayError ? `: ${error.message}` : ""
    log.warn(`The balance of ${providerId} could not be asked${detail}`)
    throw notAllowed(
      `${provider.title} could not be asked for the balance${detail}. Try again later`,
      { code: "balance_unanswered", details: { provider: provider.title } }
    )
  }
}

/** How long what there is too little for waits, in milliseconds. */
const tooLowWaitsMs = 10 * 60_000

type Sent = Pick<Transfer, "provider_id" | "currency_code">

/**
 * What may be sent in one run, by provider and currency, where the gateway tells its balance: so that too little leaves
 * transfers approved, and not refused one by one.
 *
 * Assumption: what a gateway says to be available is without what it has taken and not ended, and fees are small beside
 * it. Where it is less, the gateway itself refuses the last ones.
 */
export class SendingBudgets {
  readonly #context: PayoutContext
  readonly #left: Map<string, DecimalString>

  private constructor(context: PayoutContext, left: Map<string, DecimalString>) {
    this.#context = context
    this.#left = left
  }

  /** Asks each gateway that tells its balance once. */
  static async read(context: PayoutContext, due: readonly Transfer[]): Promise<SendingBudgets> {
    const left = new Map<string, DecimalString>()
    for (const provider_id of new Set(due.map((transfer) => transfer.provider_id))) {
      for (const { currencyCode: currency_code, available } of await told(context, provider_id)) {
        const sent = { provider_id, currency_code }
        const underWay = await sumBeingSent(context.database, sent)
        left.set(keyOf(sent), subtract(decimal(available), underWay))
      }
    }
    return new SendingBudgets(context, left)
  }

  /** Whether there is enough for it, which it takes; else it is put off, and people are told once. */
  async allows(transfer: Transfer): Promise<boolean> {
    const key = keyOf(transfer)
    const left = this.#left.get(key)
    const amount = decimal(transfer.amount)
    if (left === undefined) {
      return true
    }
    if (compare(amount, left) <= 0) {
      this.#left.set(key, subtract(left, amount))
      return true
    }
    await delayTransfer(this.#context, transfer, this.#delay(transfer))
    return false
  }

  /** What was taken and not sent after all. */
  giveBack({ amount, ...sent }: Sent & Pick<Transfer, "amount">): void {
    const left = this.#left.get(keyOf(sent))
    if (left !== undefined) {
      this.#left.set(keyOf(sent), add(left, decimal(amount)))
    }
  }

  /** The gateway itself says that there is too little: nothing of the same is sent for a while. */
  async exhaust(sent: Sent): Promise<void> {
    const delay = this.#delay(sent)
    this.#left.set(keyOf(sent), decimal(0))
    if (await delayAllApproved(this.#context.database, sent, delay)) {
      await tellOfDelay(this.#context, sent, delay)
    }
  }

  #delay({ provider_id, currency_code }: Sent) {
    const { providers, now } = this.#context
    const title = providers.find(provider_id)?.title ?? provider_id
    return {
      cause: "balance" as const,
      reason: `there is too little at ${title} to send all that is approved in ${currency_code.toUpperCase()}`,
      until: new Date(now().getTime() + tooLowWaitsMs),
    }
  }
}

function keyOf({ provider_id, currency_code }: Sent): string {
  return `${provider_id} ${currency_code}`
}

/** None where the gateway does not tell, or can't be asked, which keeps nothing from being sent. */
async function told(context: PayoutContext, providerId: string): Promise<PayoutBalance[]> {
  const provider = context.providers.find(providerId)
  if (!provider?.capabilities.tellsBalance || !provider.retrieveBalance) {
    return []
  }
  const asked = async () => await balanceOf(context, providerId)
  return await withTimeout<PayoutBalance[]>(asked, provider.capabilities.leaseMs, () => [])
}
