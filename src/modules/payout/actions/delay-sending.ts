import type { PayoutContext } from "../context"
import { DecryptionError } from "../crypto/accounts"
import { MissingKeyError } from "../crypto/keys"
import type { DelayCause, Transfer } from "../domain/transfer"
import { MissingProviderError } from "../load-providers"
import { delaySending } from "../store/transfer-queries"

/** Why approved transfers of one provider wait: what the event says of it. */
type Delay = { cause: DelayCause; reason: string; until: Date }

/** What no try mends, until a person does; undefined for an error that may pass by itself. */
export function lastingCause(error: unknown): Exclude<DelayCause, "balance"> | undefined {
  if (error instanceof MissingProviderError) {
    return "provider"
  }
  return error instanceof MissingKeyError || error instanceof DecryptionError ? "key" : undefined
}

/** Has an approved transfer wait, and tells so with the first one of its provider's that waits for that reason. */
export async function delayTransfer(
  context: PayoutContext,
  transfer: Pick<Transfer, "id" | "provider_id">,
  delay: Delay
): Promise<void> {
  if (await delaySending(context.database, transfer, delay)) {
    await tellOfDelay(context, transfer, delay)
  }
}

export async function tellOfDelay(
  { log, announce, now }: PayoutContext,
  { provider_id }: Pick<Transfer, "provider_id">,
  { cause, reason }: Delay
): Promise<void> {
  log.error(`Approved payouts of ${provider_id} are not sent: ${reason}`)
  await announce({
    name: "payout.sending.delayed",
    data: { provider_id, cause, reason, since: now() },
  })
}
