import { invalidData, notAllowed } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import { PayoutConflict } from "../domain/state"
import { endPauses, insertPause, type Pause, presentPause } from "../store/pauses"
import { inTransaction, lockSending } from "../store/transaction"
import { isAmong } from "./who-may-approve"

/** From the commit on nothing is sent; see `PayoutModuleService.pauseSending`. */
export async function pauseSending(
  context: PayoutContext,
  reason: string,
  actor: Actor
): Promise<Pause> {
  if (reason.trim() === "") {
    throw invalidData("Say why sending is paused: whoever waits for a payout has to know", {
      code: "note_missing",
    })
  }
  const { pause, isNew } = await inTransaction(context, async (transaction) => {
    await lockSending(transaction, "update")
    const present = await presentPause(transaction.query)
    return present
      ? { pause: present, isNew: false }
      : {
          pause: await insertPause(transaction, { reason, paused_by: handOf(actor) }),
          isNew: true,
        }
  })
  if (isNew) {
    context.log.warn(`All sending of payouts was paused by ${pause.paused_by}: ${reason}`)
    await context.announce({ name: "payout.sending.paused", data: { ...pause } })
  }
  return pause
}

/** See `PayoutModuleService.resumeSending`. @throws PayoutConflict where it is not paused */
export async function resumeSending(
  context: PayoutContext,
  note: string,
  actor: Actor
): Promise<void> {
  const { approvers } = context.options
  requirePerson(actor, "resume", context.options)
  if (approvers && !isAmong(approvers, actor)) {
    throw notAllowed(
      "You may not resume the sending of payouts: the option payouts.approvers of medusa-regional-payments names who " +
        "may approve, and so end a pause",
      { code: "may_not_resume" }
    )
  }
  const resumed_by = handOf(actor)
  const pause = await inTransaction(context, async (transaction) => {
    await lockSending(transaction, "update")
    const present = await presentPause(transaction.query)
    if (!present) {
      throw new PayoutConflict("Payouts are being sent: there is no pause to end", {
        code: "sending_not_paused",
      })
    }
    await endPauses(transaction, { resumed_by, note })
    return present
  })
  context.log.info(`Payouts are sent again: ${resumed_by} ended the pause of ${pause.paused_by}`)
  await context.announce({ name: "payout.sending.resumed", data: { ...pause, resumed_by, note } })
}

/** @throws PayoutConflict naming who paused it and why */
export function refuseWhilePaused(pause: Pause | undefined): void {
  if (pause) {
    throw new PayoutConflict(
      `Nothing is sent: ${pause.paused_by} paused all payouts at ${pause.paused_at.toISOString()} ` +
        `(${pause.reason}). Somebody who may approve can resume`,
      {
        code: "sending_paused",
        details: { time: pause.paused_at.toISOString(), reason: pause.reason },
      }
    )
  }
}
