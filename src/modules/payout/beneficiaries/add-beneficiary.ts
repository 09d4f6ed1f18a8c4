import { invalidData } from "../../../shared/medusa-error"
import type { Beneficiary, NewBeneficiary } from "../beneficiary"
import type { PayoutContext } from "../payout-context"
import type { PayoutAccount } from "../payout-provider"
import type { Actor } from "../payouts"
import { lastPlaces } from "../sealing/last-places"
import { insertBeneficiary, insertVersion } from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { accountColumns } from "./account-columns"
import { checkFields } from "./check-fields"
import { tellGateway } from "./tell-gateway"

/** Committed as pending before the gateway is told; see `PayoutModuleService.addBeneficiary`. */
export async function addBeneficiary(
  context: PayoutContext,
  wanted: NewBeneficiary,
  actor: Actor
): Promise<Beneficiary> {
  const { capabilities } = context.providers.get(wanted.provider_id)
  const said = readSaid(wanted)
  const { account, identity } = checkFields({ ...wanted, contact: said }, capabilities)
  const beneficiary = await inTransaction(context, async (transaction) => {
    const { newUlid } = transaction
    const id = `poben_${newUlid()}`
    const version_id = `pover_${newUlid()}`
    const sealed = accountColumns(context.keys, version_id, account, capabilities.accountFields)
    const edited_by = actor.id
    const version = { version: 1, ...said, edited_by }
    await insertVersion(transaction, { id: version_id, beneficiary_id: id, ...version, ...sealed })
    return await insertBeneficiary(transaction, {
      id,
      provider_id: wanted.provider_id,
      status: "pending",
      version_id,
      ...version,
      account_hint: sealed.account_hint,
      identity_hints: hintsOf(identity),
      reason: "The gateway is being told",
      created_by: actor.id,
    })
  })
  return await tellGateway(context, beneficiary, { account, identity })
}

/** @throws MedusaError invalid_data */
export function readSaid({ name, kind, email, phone, shop_name }: NewBeneficiary) {
  if (name.trim() === "") {
    throw invalidData("The beneficiary's name is missing")
  }
  return {
    name: name.trim(),
    kind,
    email: filled(email),
    phone: filled(phone),
    shop_name: filled(shop_name),
  }
}

function filled(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? ""
  return trimmed === "" ? null : trimmed
}

function hintsOf(identity: PayoutAccount): Record<string, string> {
  const hints = Object.entries(identity).map(([name, value]) => [name, lastPlaces(value)])
  return Object.fromEntries(hints)
}
