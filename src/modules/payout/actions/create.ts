import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { invalidData, notAllowed } from "../../../shared/errors"
import type { Why } from "../../../shared/refusals"
import { type Actor, handOf } from "../actor"
import type { PayoutContext } from "../context"
import { approvalSignature } from "../crypto/approvals"
import type { Beneficiary, BeneficiaryVersion } from "../domain/beneficiary"
import { Duplicates, duplicatesSince, type Payee } from "../domain/duplicates"
import { firstSending, refusePast, startOfDay } from "../domain/schedule"
import type { LineFault } from "../domain/import"
import { PayoutConflict } from "../domain/state"
import {
  fingerprintOf,
  payoutReference,
  type Transfer,
  type TransferToInsert,
  type TransferRequest,
} from "../domain/transfer"
import { validateTransfer, type ValidationDecision } from "../domain/validate-transfer"
import { lockBeneficiary, versionOf } from "../store/beneficiaries"
import { inTransaction, lockName, lockNames, type PayoutTransaction } from "../store/transaction"
import { possibleDuplicates, readDayTotals } from "../store/transfer-queries"
import { findTransferBy, insertTransfers } from "../store/transfers"
import { orderOf } from "./payout-order"
import { accountHistory, isFirstPayment } from "./new-account"
import { requireFreeTransferId } from "./own-fields"
import { payeeOf } from "./payee"

/**
 * Writes a transfer down, once for each idempotency key; see `PayoutModuleService.makeTransfer`.
 *
 * @param requireStill throws where a new one may not be made any more; it may lock transfers
 */
export async function makeTransfer(
  context: PayoutContext,
  request: TransferRequest,
  actor: Actor,
  requireStill: (transaction: PayoutTransaction) => Promise<void> = async () => {}
): Promise<{ transfer: Transfer; isNew: boolean }> {
  return await inTransaction(context, async (transaction) => {
    await lockNames(transaction, [
      ...(request.idempotency_key === null
        ? []
        : [lockName.idempotencyKey(request.idempotency_key)]),
      ...(request.external_id === null ? [] : [lockName.externalId(request.external_id)]),
      lockName.beneficiary(request.beneficiary_id),
      lockName.currency(request.currency_code),
    ])
    const known = await knownTransfer(transaction, request)
    if (known) {
      return { transfer: known, isNew: false }
    }
    await requireFreeTransferId(transaction.query, request.external_id)
    // Before transfers are locked, as everywhere.
    const beneficiary = await lockBeneficiary(transaction, request.beneficiary_id, "share")
    await requireStill(transaction)
    const made = await insertNew(context, transaction, { request, beneficiary, actor })
    return { transfer: made, isNew: true }
  })
}

/** The one that the caller asked for before under the same key. @throws PayoutConflict for another request */
async function knownTransfer(
  { query }: PayoutTransaction,
  request: TransferRequest
): Promise<Transfer | undefined> {
  if (request.idempotency_key === null) {
    return undefined
  }
  const known = await findTransferBy(query, { idempotency_key: request.idempotency_key })
  if (known && known.request_fingerprint !== fingerprintOf(request)) {
    throw new PayoutConflict(usedForAnother(request.idempotency_key, known), { code: "key_used" })
  }
  return known
}

function whyRefused({ code, reason: problems }: { code: LineFault; reason: string }): Why {
  switch (code) {
    case "no_beneficiary":
    case "beneficiary_not_active":
    case "no_provider":
    case "currency_not_sent":
      return { code }
    case "limit":
      return { code, details: { problems } }
    default:
      return { code: "invalid_input", details: { problems } }
  }
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
  wanted: { request: TransferRequest; beneficiary: Beneficiary; actor: Actor }
): Promise<Transfer> {
  const { request, beneficiary, actor } = wanted
  const { options, providers } = context
  const { query, now } = transaction
  refusePast(request.send_at, now)
  const version = await versionOf(query, beneficiary.version_id)
  const payee = payeeOf(context, beneficiary, version)
  const history = await accountHistory(query, payee, options)
  // Who approves it later is held to the limits then.
  const currencies = options.approval === "none" ? [request.currency_code] : []
  const today = await readDayTotals(query, currencies, startOfDay(now, options.timeZone))
  const decision = validateTransfer(
    request,
    {
      beneficiary,
      capabilities: providers.find(beneficiary.provider_id)?.capabilities,
      duplicate: (await duplicatesOf(query, payee, now, request.retry_of_id)).find(
        { ...request, ...payee },
        now
      ),
      isFirstPayment: isFirstPayment(history, options),
      today: today.sums({ ...request, ...payee, created_by: actor.id }),
    },
    options
  )
  if (decision.type === "refused") {
    const refusal = decision.by === "request" ? invalidData : notAllowed
    throw refusal(`No transfer was made: ${decision.reason}`, whyRefused(decision))
  }
  const transfer = newTransfer(context, {
    request,
    decision,
    beneficiary,
    version,
    createdBy: actor.id,
    now,
  })
  const [made] = await insertTransfers(transaction, [transfer], handOf(actor))
  if (!made) {
    throw new Error("The database gave back no row of the transfer that it was given")
  }
  return made
}

/** @param except one that is known to be like it, such as the one that it tries again */
async function duplicatesOf(
  query: Knex,
  { beneficiary_id, account_digests }: Pick<Payee, "beneficiary_id" | "account_digests">,
  now: Date,
  except: string | null
): Promise<Duplicates> {
  const since = duplicatesSince(now)
  const found = await possibleDuplicates(query, [beneficiary_id], account_digests, since)
  return new Duplicates(found.filter(({ id }) => id !== except))
}

/** Where a transfer stands in a file. */
export type ImportedLine = Pick<Transfer, "import_id" | "import_line" | "send_at">

/** The row of a request that was accepted. */
export function newTransfer(
  { keys, newUlid }: Pick<PayoutContext, "keys" | "newUlid">,
  made: {
    request: TransferRequest
    decision: Extract<ValidationDecision, { type: "accepted" }>
    beneficiary: Beneficiary
    /** The newest one; needed where nobody has to approve, to sign what is sent. */
    version: BeneficiaryVersion | undefined
    createdBy: string
    now: Date
    line?: ImportedLine
  }
): TransferToInsert {
  const { request, decision, beneficiary, version, now, createdBy, line } = made
  const { provider_id } = beneficiary
  const sent = {
    reference: payoutReference(newUlid()),
    amount: decision.amount,
    currency_code: request.currency_code,
    purpose: request.purpose,
  }
  const send_at = line ? line.send_at : request.send_at
  const isApproved = decision.status === "approved"
  return {
    id: `potr_${newUlid()}`,
    ...sent,
    provider_id,
    beneficiary_id: beneficiary.id,
    beneficiary_version_id: beneficiary.version_id,
    beneficiary_name: beneficiary.name,
    account_hint: beneficiary.account_hint,
    edited_from_version_id: null,
    status: decision.status,
    reason: decision.reason,
    gateway_id: null,
    gateway_fee: null,
    idempotency_key: request.idempotency_key ?? `once:${newUlid()}`,
    request_fingerprint: fingerprintOf(request),
    external_id: request.external_id,
    metadata: request.metadata,
    approval_signature:
      isApproved && version
        ? approvalSignature(keys, { provider_id, send_at, order: orderOf(keys, sent, version) })
        : null,
    created_by: createdBy,
    approved_by: null,
    approved_at: isApproved ? now : null,
    resolved_by: null,
    same_as_id: decision.same_as_id,
    first_payment_to: decision.first_payment_to,
    retry_of_id: request.retry_of_id,
    import_id: line?.import_id ?? null,
    import_line: line?.import_line ?? null,
    batch_id: null,
    file_id: null,
    send_at,
    submitted_at: null,
    lease_expires_at: null,
    next_check_at: isApproved ? firstSending({ send_at }, now) : null,
    checks: 0,
    not_found_since: null,
    reconciled_at: null,
  }
}
