import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { systemActor } from "../../../shared/audit-line"
import type { PayoutContext } from "../context"
import { isSameBank } from "../crypto/digests"
import type { Beneficiary } from "../domain/beneficiary"
import { heldAsFirst, type Payee } from "../domain/duplicates"
import type { CodedText } from "../domain/reason"
import type { Transfer } from "../domain/transfer"
import type { PayoutOptions } from "../options"
import {
  accountChanges,
  addAuditLine,
  beneficiariesWithAccount,
  beneficiaryOf,
  paidAccounts,
  paidBeneficiaries,
  versionOf,
} from "../store/beneficiaries"
import type { PayoutTransaction } from "../store/transaction"
import { payeeOf } from "./payee"
import type { Blocker } from "./who-may-approve"

/** What is known of an account, whichever beneficiaries have it. */
export type AccountHistory = {
  /** Whether money that was sent there has arrived before. */
  isPaid: boolean
  /** When an edit last brought it into a beneficiary, this one or another; null where none did. */
  changedAt: Date | null
}

type Rules = Pick<PayoutOptions, "accountCoolingOffHours" | "holdFirstPayment">

const known: AccountHistory = { isPaid: true, changedAt: null }

/** By the beneficiary's id; nothing is looked up where no option asks for it. */
export async function accountHistories(
  query: Knex,
  payees: readonly Payee[],
  { accountCoolingOffHours, holdFirstPayment }: Rules
): Promise<Map<string, AccountHistory>> {
  if (accountCoolingOffHours === 0 && !holdFirstPayment) {
    return new Map(payees.map(({ beneficiary_id }) => [beneficiary_id, known]))
  }
  const digests = payees.flatMap(({ account_digests }) => account_digests)
  const paid = await paidAccounts(query, digests)
  const changes = await accountChanges(query, digests)
  // What a gateway has of the payee alone, such as where it needs no account, is told by the beneficiary.
  const withoutAccount = payees.filter(({ account_digests }) => account_digests.length === 0)
  const paidPayees = await paidBeneficiaries(
    query,
    withoutAccount.map(({ beneficiary_id }) => beneficiary_id)
  )
  return new Map(
    payees.map((payee) => [
      payee.beneficiary_id,
      {
        isPaid: paidPayees.has(payee.beneficiary_id) || paid.some((one) => isAccountOf(payee, one)),
        changedAt: latest(
          changes.filter((one) => isAccountOf(payee, one)).map(({ changed_at }) => changed_at)
        ),
      },
    ])
  )
}

/** The number and the bank, where both banks are known: one number at two banks is two accounts. */
function isAccountOf(
  { account_digests, bank_digests }: Payee,
  { account_digest, bank_digest }: { account_digest: string; bank_digest: string | null }
): boolean {
  return account_digests.includes(account_digest) && isSameBank(bank_digest, bank_digests)
}

export async function accountHistory(
  query: Knex,
  payee: Payee,
  rules: Rules
): Promise<AccountHistory> {
  return (await accountHistories(query, [payee], rules)).get(payee.beneficiary_id) ?? known
}

const hourMs = 60 * 60_000

/**
 * Why nothing is paid to the account yet; undefined where it is. An account that was never paid is as new in every
 * beneficiary that has it: another one with the account that was changed is no way around the time.
 */
export function coolingOffOf(
  { id, account_changed_at }: Pick<Beneficiary, "id" | "account_changed_at">,
  { isPaid, changedAt }: AccountHistory,
  { accountCoolingOffHours }: Pick<PayoutOptions, "accountCoolingOffHours">,
  now: Date
): CodedText | undefined {
  const since = latest([account_changed_at, isPaid ? null : changedAt])
  const endsAt = (since?.getTime() ?? 0) + accountCoolingOffHours * hourMs
  if (since === null || endsAt <= now.getTime()) {
    return undefined
  }
  const isOwn = since === account_changed_at
  const changed = isOwn ? "was changed" : "became that of another one"
  const [changed_at, ends_at] = [since.toISOString(), new Date(endsAt).toISOString()]
  return {
    text:
      `the account of the beneficiary ${id} ${changed} at ${changed_at}. By the option ` +
      `payouts.accountCoolingOffHours nothing is paid to it before ${ends_at}`,
    code: isOwn ? "account_changed" : "account_changed_elsewhere",
    details: { changed_at, ends_at },
  }
}

/** The same for who approves. */
export function coolingOffBlocker(...given: Parameters<typeof coolingOffOf>): Blocker | undefined {
  const coolingOff = coolingOffOf(...given)
  return coolingOff && { code: "cooling_off", message: coolingOff.text }
}

function latest(times: readonly (Date | null)[]): Date | null {
  return times.reduce((last, time) => (last === null || (time && time > last) ? time : last), null)
}

/** Whether whoever approves has to say that they know that nothing was paid to the account before. */
export function isFirstPayment(
  { isPaid }: AccountHistory,
  { holdFirstPayment }: Pick<PayoutOptions, "holdFirstPayment">
): boolean {
  return holdFirstPayment && !isPaid
}

/** What whoever approves it has to say, and did not. */
export function firstPaymentUnseen(
  { reference }: Pick<Transfer, "reference">,
  { version_id }: Pick<Beneficiary, "version_id">
): string {
  return (
    `The transfer ${reference} would be the first payment to its account. ${heldAsFirst}, and then approve it with ` +
    `first_payment_to ${version_id}`
  )
}

/**
 * The other beneficiaries who have the account of this one, disabled ones included; see
 * `PayoutModuleService.beneficiariesWithSameAccount`.
 */
export async function beneficiariesWithSameAccount(
  { database, keys, providers }: PayoutContext,
  id: string,
  query: Knex = database
): Promise<Beneficiary[]> {
  const beneficiary = await beneficiaryOf(query, id)
  const version = await versionOf(query, beneficiary.version_id)
  const { account_digests } = payeeOf({ keys, providers }, beneficiary, version)
  const all = await beneficiariesWithAccount(query, account_digests)
  return all.filter((other) => other.id !== id)
}

/** One account in two beneficiaries can be a mistake, or the way around a hold: it is written down where people look. */
export async function noteSameAccount(
  context: PayoutContext,
  transaction: PayoutTransaction,
  { id }: Beneficiary
): Promise<void> {
  const others = await beneficiariesWithSameAccount(context, id, transaction.query)
  if (others.length === 0) {
    return
  }
  const named = others.map((other) => other.id).join(", ")
  await addAuditLine(transaction.query, transaction, id, {
    actor: systemActor,
    action: "same account",
    note: { text: `As that of ${named}`, code: "same_account", details: { beneficiaries: named } },
  })
  context.log.warn(`Payout beneficiary ${id} has the account of ${named}: is it meant?`)
}
