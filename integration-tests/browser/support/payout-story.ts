import { aStatement } from "../../../src/payout-providers/bank-file/__tests__/a-statement"
import { bankFilePayouts, debtor } from "../../http/support/payout-shop"
import { AdminApi } from "./api"
import { bankAccount, newBankPayee } from "./payees"
import type { Proof } from "./proof"

const path = "/admin/payouts"
const approves = ["payout_transfer:read", "payout_transfer:approve"]

type Row = { id: string }
type Transfer = Row & { reference: string; status: string; raw_amount: { value: string } }

/** One thing of each kind that has a page of its own: the pages' addresses below /app. */
export type PayoutStory = Readonly<
  Record<"transfer" | "waiting" | "beneficiary" | "batch" | "import" | "file" | "statement", string>
>

/**
 * A file of transfers to one account, of which one looks like another and waits. A second person approves the others, the
 * bank gets them in a file, and its statement settles one and says something else of the other.
 *
 * @param name of the account's owner
 */
export async function payoutStory(proof: Proof, name?: string): Promise<PayoutStory> {
  const api = await proof.api()
  const second = await AdminApi.logIn(proof.shop, await api.colleague("Ana", approves))
  const payee = await newBankPayee(api, name)
  const imported = await importedFile(api, payee.id)
  const batch = `${path}/batches/${imported.batch_id}`
  const { count, sums } = (await api.get<{ batch: { count: number; sums: object[] } }>(batch)).batch
  await second.post(`${batch}/approve`, { count, sums })
  const { files } = await api.post<{ files: Row[] }>(`${batch}/files`)
  const { transfers } = await api.get<{ transfers: Transfer[] }>(
    `${path}/transfers?batch_id=${imported.batch_id}`
  )
  const waiting = transfers.find(({ status }) => status === "awaiting_approval")
  const [paid, other] = transfers.filter(({ status }) => status === "processing")
  const statement = await importStatement(second, statementOf(paid, { ...other, raw_amount: one }))
  return {
    transfer: `/payouts/${paid?.id}`,
    waiting: `/payouts/${waiting?.id}`,
    beneficiary: `/payouts/beneficiaries/${payee.id}`,
    batch: `/payouts/batches/${imported.batch_id}`,
    import: `/payouts/imports/${imported.id}`,
    file: `/payouts/files/${files[0]?.id}`,
    statement: `/payouts/statements?open=${statement.id}`,
  }
}

const one = { value: "1.00" }

/** Its last line can't be paid. */
async function importedFile(api: AdminApi, payeeId: string): Promise<Row & { batch_id: string }> {
  const run = Date.now() % 100_000
  const csv = [
    "beneficiary_id,amount,currency_code,purpose",
    `${payeeId},${run}.10,EUR,"Commission, May"`,
    `${payeeId},${run}.20,EUR,Fuel`,
    `${payeeId},${run}.10,EUR,"Commission, June"`,
    "poben_none,5.00,EUR,Nobody",
  ].join("\r\n")
  const body = { csv, file_name: `june-${run}.csv`, allow_partial: true }
  return (await api.post<{ import: Row & { batch_id: string } }>(`${path}/imports`, body)).import
}

/** A camt.053 of the bank's that says of each what it paid to the payee's account. */
export function statementOf(
  ...booked: (Partial<Pick<Transfer, "reference" | "raw_amount">> | undefined)[]
): string {
  const bookings = booked.map((transfer, nth) => ({
    amount: transfer?.raw_amount?.value ?? "",
    bankReference: `20261201000012${nth}${Date.now() % 100_000}`,
    parts: [{ endToEndId: transfer?.reference ?? "", account: bankAccount }],
  }))
  return aStatement(bookings, { iban: debtor.iban })
}

/** By somebody who may settle what it says, as they saw it. */
async function importStatement(person: AdminApi, content: string): Promise<Row> {
  const file = { provider_id: bankFilePayouts, content }
  const { check } = await person.post<{ check: { settles: Row[] } }>(
    `${path}/statements/check`,
    file
  )
  const { statement } = await person.post<{ statement: Row }>(`${path}/statements`, {
    ...file,
    file_name: "statement.xml",
    settles: check.settles.length,
  })
  return statement
}
