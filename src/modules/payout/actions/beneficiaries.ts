import { invalidData } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import { accountColumns, accountOf, knownAccount, lastPlaces } from "../crypto/accounts"
import { isSameRequest, requestSignature } from "../crypto/digests"
import {
  type Beneficiary,
  type BeneficiaryChange,
  type BeneficiaryDecision,
  type BeneficiaryVersion,
  checkAccount,
  checkEdit,
  changedByEdit,
  changedByMaker,
  changedFields,
  checkFields,
  contactsBefore,
  isSameAccount,
  type NewBeneficiary,
  readSaid,
} from "../domain/beneficiary"
import { readOwnFields, sortedMetadata } from "../domain/own-fields"
import { type CodedText, withPersonsWords } from "../domain/reason"
import { PayoutConflict } from "../domain/state"
import type { PayoutAccount } from "../provider"
import {
  addAuditLine,
  beneficiaryOf,
  findBeneficiaryBy,
  insertBeneficiary,
  insertVersion,
  lockBeneficiary,
  updateBeneficiary,
  versionOf,
  versionsBefore,
} from "../store/beneficiaries"
import { inTransaction, lockName, lockNames, type PayoutTransaction } from "../store/transaction"
import { lockApprovedOf, pointWaitingAt } from "../store/transfer-queries"
import { moveTransfer } from "../store/transfers"
import { voidApproval } from "./expire-approvals"
import { accountHistory, isFirstPayment, noteSameAccount } from "./new-account"
import { lockAndChangeFields, requireFreeBeneficiaryId } from "./own-fields"
import { digestsAnew, payeeOf, readableAccount } from "./payee"
import { registerBeneficiary } from "./register-beneficiary"

/** Committed as pending before the gateway is told; see `PayoutModuleService.addBeneficiary`. */
export async function addBeneficiary(
  context: PayoutContext,
  wanted: NewBeneficiary,
  actor: Actor
): Promise<Beneficiary> {
  const { capabilities } = context.providers.get(wanted.provider_id)
  const said = readSaid(wanted)
  const { account, identity } = checkFields({ ...wanted, contact: said }, capabilities)
  const { provider_id, idempotency_key = null } = wanted
  const own = readOwnFields(wanted)
  const ownRequest = [own.external_id, own.metadata && sortedMetadata(own.metadata)]
  const request = [provider_id, said, sorted(account), sorted(identity), ...ownRequest]
  const { beneficiary, isNew } = await inTransaction(context, async (transaction) => {
    const { query, newUlid } = transaction
    await lockNames(transaction, [
      ...(idempotency_key === null ? [] : [lockName.beneficiaryKey(idempotency_key)]),
      ...(own.external_id === null ? [] : [lockName.beneficiaryExternalId(own.external_id)]),
    ])
    if (idempotency_key !== null) {
      const known = await findBeneficiaryBy(query, { idempotency_key })
      if (known) {
        requireSameRequest(context, known, request)
        return { beneficiary: known, isNew: false }
      }
    }
    await requireFreeBeneficiaryId(query, own.external_id)
    const id = `poben_${newUlid()}`
    const version_id = `pover_${newUlid()}`
    const owner = { provider_id, fields: capabilities.accountFields }
    const encrypted = accountColumns(context.keys, version_id, account, owner)
    const edited_by = actor.id
    const changed_by = changedByMaker(actor.id, account)
    const version = { version: 1, ...said, edited_by, changed_by, account_changed_at: null }
    await insertVersion(transaction, {
      id: version_id,
      beneficiary_id: id,
      ...version,
      ...encrypted,
      changed_fields: [],
    })
    const inserted = await insertBeneficiary(transaction, {
      id,
      provider_id,
      status: "pending",
      version_id,
      ...version,
      account_hint: encrypted.account_hint,
      identity_hints: hintsOf(identity),
      reason: "The gateway is being told",
      created_by: actor.id,
      idempotency_key,
      ...own,
      request_signature: idempotency_key === null ? null : requestSignature(context.keys, request),
    })
    await noteSameAccount(context, transaction, inserted)
    return { beneficiary: inserted, isNew: true }
  })
  return isNew
    ? await registerBeneficiary(context, beneficiary, { account, identity })
    : beneficiary
}

function sorted(fields: PayoutAccount): [string, string][] {
  return Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1))
}

/** @throws PayoutConflict where the key stands for another beneficiary */
function requireSameRequest(
  { keys }: PayoutContext,
  { id, idempotency_key, request_signature }: Beneficiary,
  request: unknown
): void {
  if (request_signature === null || !isSameRequest(keys, request_signature, request)) {
    throw new PayoutConflict(
      `The idempotency key ${idempotency_key} was used for another beneficiary, ${id}. Use a new key for a new ` +
        "beneficiary, or ask for the same one again",
      { code: "key_used" }
    )
  }
}

function hintsOf(identity: PayoutAccount): Record<string, string> {
  const hints = Object.entries(identity).map(([name, value]) => [name, lastPlaces(value)])
  return Object.fromEntries(hints)
}

/** Makes the next version; see `PayoutModuleService.changeBeneficiary`. */
export async function changeBeneficiary(
  context: PayoutContext,
  id: string,
  change: BeneficiaryChange,
  actor: Actor
): Promise<Beneficiary> {
  const { external_id, metadata, ...toSay } = withoutGaps(change)
  const own = { external_id, metadata }
  if (Object.keys(toSay).length === 0) {
    return await inTransaction(
      context,
      async (transaction) => await lockAndChangeFields(transaction, id, own, actor)
    )
  }
  const { provider_id } = await beneficiaryOf(context.database, id)
  const capabilities = change.account
    ? context.providers.get(provider_id).capabilities
    : capabilitiesIfAny(context, provider_id)
  const { changed, account } = await inTransaction(context, async (transaction) => {
    const beneficiary = await lockAndChangeFields(transaction, id, own, actor)
    if (beneficiary.status === "disabled") {
      throw new PayoutConflict(
        `The beneficiary ${id} is disabled and can't be changed. To pay it again, make a new one`,
        { code: "beneficiary_disabled" }
      )
    }
    const said = readSaid({ ...beneficiary, ...toSay })
    const account = checkEdit({ contact: said, account: toSay.account }, capabilities)
    const changed = await writeNextVersion(context, transaction, beneficiary, {
      said,
      account,
      status: account ? "pending" : beneficiary.status,
      reason: account ? "The gateway is being told" : beneficiary.reason,
      editor: actor,
    })
    return { changed, account }
  })
  await announceChange(context, changed)
  return account ? await registerBeneficiary(context, changed, { account, identity: {} }) : changed
}

const noFields = { accountFields: [], identityFields: [] }

/** Of a provider that is not in the config any more nothing is known: what it does not take part in can be done. */
function capabilitiesIfAny({ providers }: PayoutContext, providerId: string) {
  return providers.find(providerId)?.capabilities ?? noFields
}

/**
 * So that the shop can tell the payee, by the contacts of the versions before: whoever changes an account to their own
 * changes the e-mail and the phone with it, or some days ahead of it.
 */
async function announceChange(
  { database, announce, now }: PayoutContext,
  { id, provider_id, version, version_id }: Beneficiary
): Promise<void> {
  const { changed_fields } = await versionOf(database, version_id)
  if (changed_fields.length === 0) {
    return
  }
  const isAccount = changed_fields.some((field) => field.startsWith("account."))
  const since = new Date(now().getTime() - contactsLastMs)
  await announce({
    name: isAccount ? "payout.beneficiary.account_changed" : "payout.beneficiary.changed",
    data: {
      id,
      provider_id,
      version,
      version_id,
      changed_fields,
      tell_version_ids: contactsBefore(await versionsBefore(database, id, version), since),
    },
  })
}

/** How long a contact is told of what was changed after it, in milliseconds. */
const contactsLastMs = 35 * 24 * 60 * 60_000

/** A key that is there and undefined stays as it is too. */
function withoutGaps(change: BeneficiaryChange): BeneficiaryChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

/**
 * What a person found out about a pending one; see `PayoutModuleService.decideBeneficiary`. Whoever enters an account is
 * the editor of a version of its own.
 */
export async function decideBeneficiary(
  context: PayoutContext,
  id: string,
  decision: BeneficiaryDecision,
  actor: Actor
): Promise<Beneficiary> {
  requirePerson(actor, "decide", context.options)
  if (decision.note.trim() === "") {
    throw invalidData(
      "Say in the note how it was found out, such as where it stands in the dashboard",
      { code: "note_missing" }
    )
  }
  const { provider_id } = await beneficiaryOf(context.database, id)
  const capabilities =
    decision.status === "active"
      ? context.providers.get(provider_id).capabilities
      : capabilitiesIfAny(context, provider_id)
  const account =
    decision.status === "active" && decision.account
      ? checkAccount(decision.account, capabilities)
      : undefined
  const decided = await inTransaction(context, async (transaction) => {
    const beneficiary = await lockBeneficiary(transaction, id, "update")
    if (beneficiary.status !== "pending") {
      throw new PayoutConflict(
        `The beneficiary ${id} is ${beneficiary.status}: only a pending one can be decided on`,
        { code: "beneficiary_decided", details: { beneficiary_state: beneficiary.status } }
      )
    }
    const { status, note } = decision
    const line = { actor: handOf(actor), action: `decided: ${status}`, note: { text: note } }
    await addAuditLine(transaction.query, transaction, id, line)
    if (account) {
      const { name, kind, email, phone, shop_name } = beneficiary
      const said = { name, kind, email, phone, shop_name }
      const next = { said, account, status, reason: note, editor: actor }
      return await writeNextVersion(context, transaction, beneficiary, next)
    }
    const { encrypted_account } = await versionOf(transaction.query, beneficiary.version_id)
    if (
      status === "active" &&
      encrypted_account === null &&
      capabilities.accountFields.length > 0
    ) {
      throw invalidData(
        `The account of the beneficiary ${id} is not known. Enter it, as the gateway's dashboard shows it`,
        { code: "account_unknown" }
      )
    }
    return await updateBeneficiary(transaction, id, { status, reason: note })
  })
  if (account) {
    await announceChange(context, decided)
  }
  return decided
}

/** Nothing is sent to it any more, from the moment this is committed. One that is disabled stays so. */
export async function disableBeneficiary(
  context: PayoutContext,
  id: string,
  actor: Actor,
  reason?: string
): Promise<Beneficiary> {
  return await inTransaction(context, async (transaction) => {
    const beneficiary = await lockBeneficiary(transaction, id, "update")
    if (beneficiary.status === "disabled") {
      return beneficiary
    }
    for (const transfer of await lockApprovedOf(transaction.query, id)) {
      await moveTransfer(transaction, transfer, {
        to: "canceled",
        actor: handOf(actor),
        reason: withPersonsWords(
          { text: "Its beneficiary was disabled", code: "beneficiary_disabled" },
          reason,
          ": "
        ),
        change: { next_check_at: null },
      })
    }
    const { status } = beneficiary
    const note = {
      text: `It was ${status}`,
      code: "had_state",
      details: { beneficiary_state: status },
    } as const
    const line = {
      actor: handOf(actor),
      action: "disabled",
      note: withPersonsWords(note, reason, ": "),
    }
    await addAuditLine(transaction.query, transaction, id, line)
    return await updateBeneficiary(transaction, id, { status: "disabled", reason: reason ?? null })
  })
}

/** The audit line is committed before anybody sees the account. */
export async function revealAccount(
  context: PayoutContext,
  id: string,
  actor: Actor
): Promise<PayoutAccount> {
  requirePerson(actor, "reveal", context.options)
  return await inTransaction(context, async (transaction) => {
    const { query } = transaction
    const beneficiary = await beneficiaryOf(query, id)
    const account = accountOf(context.keys, await versionOf(query, beneficiary.version_id))
    const version = String(beneficiary.version)
    const note = { text: `Version ${version}`, code: "version", details: { version } } as const
    await addAuditLine(query, transaction, id, { actor: handOf(actor), action: "revealed", note })
    return account
  })
}

type Said = Pick<BeneficiaryVersion, "name" | "kind" | "email" | "phone" | "shop_name">

/**
 * Writes down what a locked beneficiary says from now on, and takes back what was approved for what it said
 * before and is not sent yet. What waits for an approval shows the new version from now on.
 *
 * @param next.account in the clear; undefined where it stays as it is
 */
async function writeNextVersion(
  context: PayoutContext,
  transaction: PayoutTransaction,
  beneficiary: Beneficiary,
  next: {
    said: Said
    account: PayoutAccount | undefined
    status: Beneficiary["status"]
    reason: string | null
    editor: Actor
  }
): Promise<Beneficiary> {
  const { provider_id } = beneficiary
  const owner = { provider_id, fields: capabilitiesIfAny(context, provider_id).accountFields }
  const version = beneficiary.version + 1
  const version_id = `pover_${transaction.newUlid()}`
  const before = await versionOf(transaction.query, beneficiary.version_id)
  const account = next.account ?? knownAccount(context.keys, before)
  const encrypted = {
    ...accountColumns(context.keys, version_id, account, owner),
    // Without the provider's fields nobody can tell which one is the account's number.
    ...(owner.fields.length === 0
      ? {
          account_hint: before.account_hint,
          ...digestsAnew(context, beneficiary, before, account ?? {}),
        }
      : {}),
  }
  const edited_by = next.editor.id
  const accountBefore = readableAccount(context.keys, before)
  const keptAccount = next.account === undefined || isSameAccount(accountBefore, next.account)
  const account_changed_at = keptAccount ? before.account_changed_at : transaction.now
  const saidBefore = { ...before, account: accountBefore }
  const saidNow = { ...next.said, account: next.account ?? accountBefore }
  const changed_by = changedByEdit(saidBefore, saidNow, edited_by)
  const changed_fields = changedFields(saidBefore, saidNow)
  await insertVersion(transaction, {
    id: version_id,
    beneficiary_id: beneficiary.id,
    version,
    ...next.said,
    ...encrypted,
    edited_by,
    changed_by,
    account_changed_at,
    changed_fields,
  })
  await addAuditLine(transaction.query, transaction, beneficiary.id, {
    actor: handOf(next.editor),
    action: "changed",
    note: changeNote(version, changed_fields),
  })
  for (const transfer of await lockApprovedOf(transaction.query, beneficiary.id)) {
    const reason: CodedText = {
      text: `Its beneficiary was edited: version ${version} has to be approved anew`,
      code: "beneficiary_edited",
      details: { version: String(version) },
    }
    await moveTransfer(transaction, transfer, voidApproval(handOf(next.editor), reason))
  }
  const written = await versionOf(transaction.query, version_id)
  const payee = payeeOf(context, beneficiary, written)
  const history = await accountHistory(transaction.query, payee, context.options)
  await pointWaitingAt(transaction, beneficiary.id, {
    beneficiary_version_id: version_id,
    first_payment_to: isFirstPayment(history, context.options) ? version_id : null,
    beneficiary_name: next.said.name,
    account_hint: encrypted.account_hint,
  })
  const changed = await updateBeneficiary(transaction, beneficiary.id, {
    ...next.said,
    version,
    version_id,
    account_hint: encrypted.account_hint,
    status: next.status,
    reason: next.reason,
    edited_by,
    changed_by,
    account_changed_at,
  })
  if (!keptAccount) {
    await noteSameAccount(context, transaction, changed)
  }
  return changed
}

function changeNote(number: number, changedFields: readonly string[]): CodedText {
  const version = String(number)
  const fields = changedFields.join(", ")
  return fields === ""
    ? { text: `Version ${version}: nothing`, code: "version_unchanged", details: { version } }
    : {
        text: `Version ${version}: ${fields}`,
        code: "version_changed",
        details: { version, fields },
      }
}
