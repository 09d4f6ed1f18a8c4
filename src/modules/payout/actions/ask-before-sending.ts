import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { notAllowed } from "../../../shared/errors"
import { gatewayActor } from "../actor"
import type { PayoutContext } from "../context"
import { notFoundGraceMs } from "../domain/decisions"
import type { CodedText } from "../domain/reason"
import { stateForbids } from "../domain/state"
import type { Transfer } from "../domain/transfer"
import type { PayoutReport } from "../provider"
import { addAuditLine } from "../store/beneficiaries"
import { databaseLife, inTransaction } from "../store/transaction"
import { lastPausedAt } from "../store/pauses"
import { lockTransfer, moveTransfer, noteOnTransfer } from "../store/transfers"
import { askGateway, bookReport } from "./refresh"

/** What the row of a transfer does not tell. */
export type SendingHistory = {
  /** Of the database, now. */
  life: string
  /** When all sending was last paused. */
  pausedAt: Date | null
}

export async function sendingHistory(database: Knex): Promise<SendingHistory> {
  return { life: await databaseLife(database), pausedAt: await lastPausedAt(database) }
}

/** Why the row alone does not prove it, and the code of the reason where the gateway knows the transfer. */
export type Doubt = (typeof doubts)[keyof typeof doubts]

const doubts = {
  restore: {
    text: "the database was started anew, or restored, since it was made",
    code: "sent_before_restore",
  },
  pause: { text: "all sending was paused since it was approved", code: "sent_before_pause" },
  late: { text: "it was approved a while ago", code: "sent_before_late" },
} as const

/** How long after its approval a transfer is sent without a question, in milliseconds: the job does it in seconds. */
const freshMs = 10 * 60_000

/**
 * Why the row alone does not prove that the transfer was not sent yet; undefined where it does. A database that is
 * restored shows as approved, or as waiting for an approval, what was sent after the backup was made; and sending is
 * paused because something is wrong.
 */
export function doubtAbout(
  transfer: Pick<Transfer, "made_in" | "approved_at">,
  history: SendingHistory,
  now: Date
): Doubt | undefined {
  const { approved_at } = transfer
  const isFresh = approved_at !== null && now.getTime() - approved_at.getTime() <= freshMs
  return lifeDoubtAbout(transfer, history) ?? (isFresh ? undefined : doubts.late)
}

/** The same without the time since the approval, which a person who makes a file is given. */
export function lifeDoubtAbout(
  { made_in, approved_at }: Pick<Transfer, "made_in" | "approved_at">,
  { life, pausedAt }: SendingHistory
): Doubt | undefined {
  if (made_in !== life) {
    return doubts.restore
  }
  if (approved_at !== null && pausedAt !== null && approved_at <= pausedAt) {
    return doubts.pause
  }
  return undefined
}

/**
 * Asks the gateway whether it knows an approved transfer already. Where the database began another life since it was
 * made, a sending may have been lost with the old one a moment ago: then the gateway has to say twice that it does not
 * know it, as of one whose answer was lost.
 *
 * @param life of the database, now
 * @returns undefined where it clearly does not, so that it can be sent; else the transfer, booked as what was sent before
 * @throws MedusaError not_allowed where the gateway does not tell, or has said so for the first time
 */
export async function findSentBefore(
  context: PayoutContext,
  transfer: Transfer,
  { doubt, life }: { doubt: Doubt; life: string }
): Promise<Transfer | undefined> {
  const { id, reference, provider_id, made_in, not_found_since } = transfer
  const askedAt = context.now()
  const believedAt =
    made_in === life || not_found_since === null
      ? undefined
      : new Date(not_found_since.getTime() + notFoundGraceMs)
  const saidOnce = () =>
    notAllowed(
      `The transfer ${reference} is not sent yet: ${doubt.text}, and ${provider_id} may not show yet what it was sent. It ` +
        `is asked once more a quarter of an hour after it did not know the transfer`
    )
  if (believedAt !== undefined && askedAt < believedAt) {
    throw saidOnce()
  }
  const report = await askGateway(context, transfer)
  switch (report.outcome) {
    case "not_found":
      if (made_in !== life && believedAt === undefined) {
        await noteOnTransfer(context.database, id, { not_found_since: askedAt })
        throw saidOnce()
      }
      return undefined
    case "unknown":
      throw notAllowed(
        `The transfer ${reference} is not sent: ${doubt.text}, and ${provider_id} could not be asked whether it has it ` +
          "already. Try again later"
      )
    case "succeeded":
    case "returned":
    case "failed":
    case "processing":
      return await bookSentBefore(context, transfer, report, { doubt, askedAt })
  }
}

async function bookSentBefore(
  context: PayoutContext,
  { id, reference, provider_id }: Transfer,
  report: PayoutReport,
  { doubt, askedAt }: { doubt: Doubt; askedAt: Date }
): Promise<Transfer> {
  const reason: CodedText = {
    text: `It was sent before, and is not sent again: ${doubt.text}, and ${provider_id} knows it`,
    code: doubt.code,
    details: { provider: provider_id },
  }
  const sent = await inTransaction(context, async (transaction) => {
    const locked = await lockTransfer(transaction, id)
    if (locked.status !== "approved") {
      throw stateForbids(locked, "be sent")
    }
    const { now } = transaction
    const change = {
      submitted_at: now,
      lease_expires_at: null,
      next_check_at: now,
      not_found_since: null,
      checks: 0,
    }
    const step = { actor: gatewayActor, reason }
    await addAuditLine(transaction.query, transaction, id, {
      actor: gatewayActor,
      action: "known already",
      note: {
        text: `The gateway says "${report.outcome}" of it`,
        code: "gateway_said",
        details: { outcome: report.outcome },
      },
    })
    const submitting = await moveTransfer(transaction, locked, {
      ...step,
      to: "submitting",
      change,
    })
    return await moveTransfer(transaction, submitting, { ...step, to: "unknown" })
  })
  context.log.error(
    `Payout ${reference}: ${reason.text}. Was the database restored from a backup? Compare it with the gateway before ` +
      "anything is paid again; all sending can be paused"
  )
  return await bookReport(context, sent, report, askedAt)
}
