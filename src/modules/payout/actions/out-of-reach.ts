import { systemActor } from "../../../shared/audit-line"
import { errorMessage } from "../../../shared/errors"
import type { PayoutContext } from "../context"
import { DecryptionError } from "../crypto/accounts"
import { MissingKeyError } from "../crypto/keys"
import { nextLook, nextQuestion } from "../domain/schedule"
import { isAskedAbout, resolvableStates } from "../domain/state"
import type { DelayCause, Transfer } from "../domain/transfer"
import { MissingProviderError } from "../load-providers"
import { inTransaction } from "../store/transaction"
import { delaySending } from "../store/transfer-queries"
import { lockTransfer, moveTransfer, noteOnTransfer } from "../store/transfers"

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

/**
 * Of a transfer that was sent, perhaps, and whose gateway can't be asked, because its provider is not in the config any
 * more, or the key of its account is gone: a person is told, who can find out elsewhere and resolve it. It is asked about
 * by its timetable all the same, so that it goes on by itself where what is missing comes back.
 */
export async function handToPerson(
  context: PayoutContext,
  { id }: Transfer,
  error: unknown
): Promise<void> {
  await inTransaction(context, async (transaction) => {
    const { query, now } = transaction
    const transfer = await lockTransfer(transaction, id)
    if (!isAskedAbout(transfer)) {
      return
    }
    const isOpen = resolvableStates.includes(transfer.status)
    const next_check_at =
      (isOpen ? nextQuestion(transfer, now) : nextLook(transfer.updated_at, now)) ?? null
    if (!isOpen || transfer.status === "manual_review") {
      await noteOnTransfer(query, id, { next_check_at })
      return
    }
    const why = errorMessage(error)
    context.log.error(`Payout ${transfer.reference} can't be asked about: ${why}`)
    await moveTransfer(transaction, transfer, {
      to: "manual_review",
      actor: systemActor,
      reason: `Its gateway can't be asked: ${why}`,
      change: { next_check_at },
    })
  })
}
