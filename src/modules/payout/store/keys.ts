import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import { count, readRow } from "../../../shared/database"
import type { TransferState } from "../domain/state"

const neededRow = z.object({ key_id: z.string(), accounts: count, files: count, approvals: count })

/** What can't be read, or sent, without a key, and how much of it there is. */
export type NeededKey = z.infer<typeof neededRow>

/** The id of the key stands before the last point of a signature. */
const keyOfSignature = String.raw`substring(approval_signature from '^(.*)\.[0-9a-f]*$')`

/**
 * Every key that anything in the tables was made with.
 *
 * @param unsent the states of transfers whose approval is still looked at
 */
export async function neededKeys(
  database: Knex,
  unsent: readonly TransferState[]
): Promise<NeededKey[]> {
  const { rows } = await database.raw<{ rows: unknown[] }>(
    `select key_id, sum(accounts)::int as accounts, sum(files)::int as files, sum(approvals)::int as approvals
      from (
        select key_id, count(*) as accounts, 0 as files, 0 as approvals from payout_beneficiary_version
          where encrypted_account is not null group by key_id
        union all
        select key_id, 0, count(*), 0 from payout_file group by key_id
        union all
        select ${keyOfSignature}, 0, 0, count(*) from (
          select approval_signature from payout_transfer
            where approval_signature is not null and status = any(:unsent)
          union all
          select payout_approval.approval_signature from payout_approval
            join payout_transfer on payout_transfer.id = payout_approval.transfer_id
            where payout_approval.voided_at is null and payout_transfer.status = any(:unsent)
        ) as signatures group by 1
      ) as needed
      where key_id is not null
      group by key_id order by key_id`,
    { unsent: [...unsent] }
  )
  return rows.map((row) => readRow("payout_beneficiary_version", neededRow, row))
}
