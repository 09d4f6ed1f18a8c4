import type { Beneficiary } from "../beneficiary"
import type { PayoutContext } from "../payout-context"
import type {
  AbstractPayoutProvider,
  PayoutAccount,
  PayoutBeneficiaryResult,
} from "../payout-provider"
import {
  beneficiaryOf,
  fillInAccount,
  lockBeneficiary,
  updateBeneficiary,
} from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { withWords } from "../transfers/facts"
import { withinTime } from "../transfers/within-time"
import { accountColumns } from "./account-columns"

/**
 * Makes a beneficiary whose row says `pending` known at the gateway, and writes down what came of it. A lost
 * answer leaves it pending: asking again could make it known twice, so a person decides.
 */
export async function tellGateway(
  context: PayoutContext,
  beneficiary: Beneficiary,
  personal: { account: PayoutAccount; identity: PayoutAccount }
): Promise<Beneficiary> {
  const provider = context.providers.get(beneficiary.provider_id)
  const { name, kind, email, phone, shop_name: shopName } = beneficiary
  const result = await withinTime(
    () => provider.createBeneficiary({ name, kind, email, phone, shopName, ...personal }),
    provider.capabilities.leaseMs,
    (reason): PayoutBeneficiaryResult => {
      context.log.warn(
        `Payout beneficiary ${beneficiary.id}: no answer of ${beneficiary.provider_id} (${reason})`
      )
      return { status: "pending", message: "No answer tells whether the gateway took it" }
    },
    (late) =>
      context.log.warn(
        `Payout beneficiary ${beneficiary.id}: ${beneficiary.provider_id} answered "${late.status}" after its ` +
          "time. A person decides"
      )
  )
  return await book(context, beneficiary, provider, result)
}

async function book(
  context: PayoutContext,
  { id, version_id }: Beneficiary,
  { capabilities }: AbstractPayoutProvider,
  result: PayoutBeneficiaryResult
): Promise<Beneficiary> {
  return await inTransaction(context, async (transaction) => {
    const locked = await lockBeneficiary(transaction, id, "update")
    if (locked.version_id !== version_id || locked.status !== "pending") {
      context.log.warn(
        `Payout beneficiary ${id}: the gateway's answer "${result.status}" came after it was edited or ` +
          "decided on, and changes nothing"
      )
      return await beneficiaryOf(transaction.query, id)
    }
    const account = result.status === "rejected" ? undefined : result.account
    const columns = accountColumns(context.keys, version_id, account, capabilities.accountFields)
    if (columns.sealed_account !== null) {
      await fillInAccount(transaction, version_id, columns)
    }
    return await updateBeneficiary(transaction, id, {
      status: result.status,
      reason: reasonOf(result),
      ...(columns.account_hint === null ? {} : { account_hint: columns.account_hint }),
    })
  })
}

function reasonOf(result: PayoutBeneficiaryResult): string | null {
  switch (result.status) {
    case "active":
      return null
    case "pending":
      return withWords("The gateway has not accepted it; a person has to find out", result)
    case "rejected":
      return withWords("The gateway refused it", result)
  }
}
