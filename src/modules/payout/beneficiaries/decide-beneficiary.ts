import { invalidData } from "../../../shared/medusa-error"
import type { Beneficiary, BeneficiaryDecision } from "../beneficiary"
import { PayoutConflict } from "../conflict"
import type { PayoutContext } from "../payout-context"
import { handOf, type Actor } from "../payouts"
import { addAuditLine } from "../store/audit-lines"
import {
  beneficiaryOf,
  lockBeneficiary,
  updateBeneficiary,
  versionOf,
} from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { checkAccount } from "./check-fields"
import { writeNextVersion } from "./next-version"

/**
 * What a person found out about a pending one; see `PayoutModuleService.decideBeneficiary`. Who enters an account is its
 * editor, with a version of his own.
 */
export async function decideBeneficiary(
  context: PayoutContext,
  id: string,
  decision: BeneficiaryDecision,
  actor: Actor
): Promise<Beneficiary> {
  if (decision.note.trim() === "") {
    throw invalidData(
      "Say in the note how it was found out, such as where it stands in the dashboard"
    )
  }
  const { provider_id } = await beneficiaryOf(context.database, id)
  const { capabilities } = context.providers.get(provider_id)
  const account =
    decision.status === "active" && decision.account
      ? checkAccount(decision.account, capabilities)
      : undefined
  return await inTransaction(context, async (transaction) => {
    const beneficiary = await lockBeneficiary(transaction, id, "update")
    if (beneficiary.status !== "pending") {
      throw new PayoutConflict(
        `The beneficiary ${id} is ${beneficiary.status}: only a pending one can be decided on`
      )
    }
    const { status, note } = decision
    const line = { actor: handOf(actor), action: `decided: ${status}`, note }
    await addAuditLine(transaction.query, transaction, id, line)
    if (account) {
      const { name, kind, email, phone, shop_name } = beneficiary
      const said = { name, kind, email, phone, shop_name }
      const next = { said, account, status, reason: note, editor: actor }
      return await writeNextVersion(context, transaction, beneficiary, next)
    }
    const { sealed_account } = await versionOf(transaction.query, beneficiary.version_id)
    if (status === "active" && sealed_account === null && capabilities.accountFields.length > 0) {
      throw invalidData(
        `The account of the beneficiary ${id} is not known. Enter it, as the gateway's dashboard shows it`
      )
    }
    return await updateBeneficiary(transaction, id, { status, reason: note })
  })
}
