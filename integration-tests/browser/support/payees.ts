import { bankFilePayouts, seller, walletOwner } from "../../http/support/payout-shop"
import type { AdminApi } from "./api"

/** A seller at Mocasa, to whom the gateway gives an account. */
export async function newSeller(api: AdminApi) {
  return await made(api, seller)
}

/** Somebody with a wallet at Cashy that nobody else has. Its account ends in 4567. */
export async function newWallet(api: AdminApi) {
  const run = String(Date.now())
  const account = { ...walletOwner.account, account_number: `03${run.slice(-5)}4567` }
  return await made(api, { ...walletOwner, name: `Ayesha ${run}`, account })
}

/** Nobody's, with right check digits. */
export const bankAccount = "HR1210010051863000160"

/** Somebody whom the shop's bank pays, by a file; they all have one account. */
export async function newBankPayee(api: AdminApi, name = `Đurđica ${Date.now()}`) {
  return await made(api, {
    provider_id: bankFilePayouts,
    name,
    kind: "person",
    account: { iban: bankAccount },
  })
}

async function made<Payee extends object>(
  api: AdminApi,
  payee: Payee
): Promise<Payee & { id: string }> {
  const { beneficiary } = await api.post<{ beneficiary: { id: string } }>(
    "/admin/payouts/beneficiaries",
    payee
  )
  return { ...payee, id: beneficiary.id }
}
