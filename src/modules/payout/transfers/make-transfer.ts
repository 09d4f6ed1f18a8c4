import { decimal } from "../../../gateways/shared/money"
import { invalidData, notAllowed } from "../../../shared/medusa-error"
import { PayoutConflict } from "../conflict"
import type { PayoutContext } from "../payout-context"
import { handOf, type Actor } from "../payouts"
import { lockBeneficiary, versionOf } from "../store/beneficiaries"
import { openOrPaidSince } from "../store/doubles"
import { lockName, lockNames } from "../store/locks"
import { spentSince } from "../store/spent"
import { inTransaction, type PayoutTransaction } from "../store/transaction"
import { findTransferBy, insertTransfers } from "../store/transfers"
import type { Transfer } from "../transfer"
import { alikeSince, kindOf, lastOfEachKind } from "./alike"
import { startOfDay } from "./day-start"
import { judgeWish } from "./judge-wish"
import { newTransfer } from "./new-transfer"
import { fingerprintOf, type TransferWish } from "./wish"

/** Writes a transfer down, once for each idempotency key; see `PayoutModuleService.makeTransfer`. */
export async function makeTransfer(
  context: PayoutContext,
  wish: TransferWish,
  actor: Actor
): Promise<{ transfer: Transfer; isNew: boolean }> {
  return await inTransaction(context, async (transaction) => {
    await lockNames(transaction, [
      ...(wish.idempotency_key === null ? [] : [lockName.idempotencyKey(wish.idempotency_key)]),
      lockName.beneficiary(wish.beneficiary_id),
      lockName.currency(wish.currency_code),
    ])
    const known = await knownTransfer(transaction, wish)
    if (known) {
      return { transfer: known, isNew: false }
    }
    return { transfer: await insertNew(context, transaction, wish, actor), isNew: true }
  })
}

/** The one that the caller asked for before under the same key. @throws PayoutConflict for another wish */
async function knownTransfer(
  { query }: PayoutTransaction,
  wish: TransferWish
): Promise<Transfer | undefined> {
  if (wish.idempotency_key === null) {
    return undefined
  }
  const known = await findTransferBy(query, { idempotency_key: wish.idempotency_key })
  if (known && known.request_fingerprint !== fingerprintOf(wish)) {
    throw new PayoutConflict(usedForAnother(wish.idempotency_key, known))
  }
  return known
}

export function usedForAnother(key: string, known: Pick<Transfer, "reference">): string {
  return (
    `The idempotency key ${key} was used for another transfer, ${known.reference}. ` +
    "Use a new key for a new payment, or ask for the same one again"
  )
}

async function insertNew(
  context: PayoutContext,
  transaction: PayoutTransaction,
  wish: TransferWish,
  actor: Actor
): Promise<Transfer> {
  const { options, providers } = context
  const { query, now } = transaction
  const beneficiary = await lockBeneficiary(transaction, wish.beneficiary_id, "share")
  const verdict = judgeWish(
    wish,
    {
      beneficiary,
      capabilities: providers.find(beneficiary.provider_id)?.capabilities,
      same: lastOfEachKind(await openOrPaidSince(query, [beneficiary.id], alikeSince(now))).get(
        kindOf(wish)
      ),
      spentToday:
        options.approval === "none"
          ? await spentSince(query, wish.currency_code, startOfDay(now, options.timeZone))
          : decimal(0),
    },
    options
  )
  if (verdict.type === "refused") {
    const refusal = verdict.by === "wish" ? invalidData : notAllowed
    throw refusal(`No transfer was made: ${verdict.reason}`)
  }
  const transfer = newTransfer(context, {
    wish,
    verdict,
    beneficiary,
    version:
      verdict.status === "approved" ? await versionOf(query, beneficiary.version_id) : undefined,
    createdBy: actor.id,
    now,
  })
  const [made] = await insertTransfers(transaction, [transfer], handOf(actor))
  if (!made) {
    throw new Error("The database gave back no row of the transfer that it was given")
  }
  return made
}
