/** Batches of transfers as the admin API has them, with the questions and commands that their pages share. */
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { z } from "@medusajs/framework/zod"
import type * as answers from "../../../api/admin/payouts/batch-answers"
import { read, send } from "../../lib/client"
import {
  payoutsEveryMs,
  payoutsKey,
  payoutsPath,
  type Query,
  usePayoutCommand,
} from "../payouts/api"

export type Batch = z.infer<typeof answers.PayoutBatch>
export type BatchDetail = z.infer<typeof answers.PayoutBatchDetail>
export type BatchApproval = z.infer<typeof answers.PayoutBatchApproval>

const batchesPath = `${payoutsPath}/batches`
const key = [...payoutsKey, "batches"]

/** What somebody is about to approve, and how its sending goes on, is asked about often; in milliseconds. */
const detailEveryMs = 3_000

export function useBatches(query: Query) {
  return useQuery({
    queryKey: [...key, "list", query],
    queryFn: async () => await read<{ batches: Batch[]; count: number }>(batchesPath, query),
    placeholderData: keepPreviousData,
    refetchInterval: payoutsEveryMs,
  })
}

export function useBatch(id: string) {
  return useQuery({
    queryKey: [...key, "one", id],
    queryFn: async () => (await read<{ batch: BatchDetail }>(`${batchesPath}/${id}`)).batch,
    refetchInterval: detailEveryMs,
  })
}

export type BatchCommand =
  { verb: "approve" } | { verb: "reject"; reason: string } | { verb: "withdraw" }

/** What somebody saw of a batch goes with what they decide, as it was when they were asked: of another one nothing is done. */
export function seenOf({ count, sums }: Pick<Batch, "count" | "sums">) {
  return {
    count,
    sums: sums.map(({ provider_id, currency_code, count: number, amount }) => ({
      provider_id,
      currency_code,
      count: number,
      amount,
    })),
  }
}

type SeenBatch = ReturnType<typeof seenOf>

/** Decides about a batch; whatever came of it, all about payouts is read again. */
export function useBatchCommand({ id }: Pick<Batch, "id">) {
  return usePayoutCommand(
    async ({ verb, seen, ...body }: BatchCommand & { seen: SeenBatch }) =>
      await send<{ batch: BatchDetail; approval?: BatchApproval }>(`${batchesPath}/${id}/${verb}`, {
        ...seen,
        ...body,
      })
  )
}

export type NewBatch = { transfer_ids: string[]; label?: string; send_at?: string }

/** Puts transfers together, to be approved together. */
export function useMakeBatch() {
  return usePayoutCommand(
    async (batch: NewBatch) => (await send<{ batch: BatchDetail }>(batchesPath, batch)).batch
  )
}
