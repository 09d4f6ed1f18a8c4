import type { PayoutContext } from "../context"
import { accountColumns } from "../crypto/accounts"
import type { Beneficiary } from "../domain/beneficiary"
import { sentenceWithGatewayError } from "../domain/reason"
import type { AbstractPayoutProvider, PayoutAccount, PayoutBeneficiaryResult } from "../provider"
import {
  beneficiaryOf,
  fillInAccount,
  lockBeneficiary,
  updateBeneficiary,
  versionOf,
} from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { showAccount } from "../store/transfer-queries"
import { withTimeout } from "./with-timeout"
import { noteSameAccount } from "./new-account"

/**
 * Makes a beneficiary whose row says `pending` known at the gateway, and writes down what came of it. A lost
 * answer leaves it pending: asking again could make it known twice, so a person decides.
 */
export async function registerBeneficiary(
  context: PayoutContext,
  beneficiary: Beneficiary,
  personal: { account: PayoutAccount; identity: PayoutAccount }
): Promise<Beneficiary> {
  const provider = context.providers.get(beneficiary.provider_id)
  const { name, kind, email, phone, shop_name: shopName } = beneficiary
  const result = await withTimeout(
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
  const booked = await book(context, beneficiary, provider, result)
  if (booked.status === "pending" && booked.version_id === beneficiary.version_id) {
    await announcePending(context, booked)
  }
  return booked
}

/** A person has to find out whether it can be paid. */
async function announcePending(
  { announce }: PayoutContext,
  { id, provider_id, name, reason }: Beneficiary
): Promise<void> {
  await announce({ name: "payout.beneficiary.pending", data: { id, provider_id, name, reason } })
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
    const version = await versionOf(transaction.query, version_id)
    const owner = { provider_id: locked.provider_id, fields: capabilities.accountFields }
    const columns = accountColumns(context.keys, version_id, account, owner)
    if (columns.encrypted_account !== null) {
      await fillInAccount(transaction, version_id, columns)
      await showAccount(transaction.query, version_id, columns.account_hint)
    }
    const booked = await updateBeneficiary(transaction, id, {
      status: result.status,
      reason: reasonOf(result),
      ...(columns.account_hint === null ? {} : { account_hint: columns.account_hint }),
    })
    if (columns.account_digest !== version.account_digest && columns.account_digest !== null) {
      // The gateway gave it only now.
      await noteSameAccount(context, transaction, booked)
    }
    return booked
  })
}

function reasonOf(result: PayoutBeneficiaryResult): string | null {
  switch (result.status) {
    case "active":
      return null
    case "pending":
      return sentenceWithGatewayError(
        "The gateway has not accepted it; a person has to find out",
        result
      )
    case "rejected":
      return sentenceWithGatewayError("The gateway refused it", result)
  }
}
