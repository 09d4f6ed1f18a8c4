import { AdminApi, type Account } from "./api"
import type { Proof } from "./proof"

const reads = ["payout_transfer:read", "payout_beneficiary:read"]

const roles = {
  reader: reads,
  maker: [
    ...reads,
    "payout_transfer:create",
    "payout_transfer:update",
    "payout_beneficiary:reveal", // a bank file has accounts in full
  ],
  approver: [...reads, "payout_transfer:approve", "payout_transfer:update"],
} as const

export type Person = { account: Account; api: AdminApi; id: string }

/** Somebody of a finance team, by the name that pages show with `Horvat`. */
export async function person(
  proof: Proof,
  name: string,
  role: keyof typeof roles
): Promise<Person> {
  const account = await (await proof.api()).colleague(name, roles[role])
  const api = await AdminApi.logIn(proof.shop, account)
  const { user } = await api.get<{ user: { id: string } }>("/admin/users/me?fields=id")
  return { account, api, id: user.id }
}

export type MadeTransfer = { id: string; reference: string }

export async function makeTransfer(
  api: AdminApi,
  beneficiary: { id: string },
  wanted: { amount: string; currency_code: string; purpose: string; send_at?: string }
): Promise<MadeTransfer> {
  const body = { beneficiary_id: beneficiary.id, ...wanted }
  return (await api.post<{ transfer: MadeTransfer }>("/admin/payouts/transfers", body)).transfer
}

export async function approveTransfer(api: AdminApi, { id }: MadeTransfer): Promise<void> {
  await api.post(`/admin/payouts/transfers/${id}/approve`)
}
