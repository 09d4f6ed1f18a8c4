import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { systemActor } from "../../../shared/audit-line"
import type { PayoutContext } from "../context"
import type { Beneficiary } from "../domain/beneficiary"
import {
  addAuditLine,
  beneficiariesWithAccount,
  beneficiaryOf,
  versionOf,
} from "../store/beneficiaries"
import type { PayoutTransaction } from "../store/transaction"
import { payeeOf } from "./payee"

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
  const line = { actor: systemActor, action: "same account", note: `As that of ${named}` }
  await addAuditLine(transaction.query, transaction, id, line)
  context.log.warn(`Payout beneficiary ${id} has the account of ${named}: is it meant?`)
}
