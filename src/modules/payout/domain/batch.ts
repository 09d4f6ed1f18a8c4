import { z } from "zod"
import { decimal, tryDecimal } from "../../../gateways/shared/money"
import { readRow, time } from "../../../shared/database"
import type { GatewayEvent } from "../../../shared/events"
import type { ImportSum } from "./import"
import type { TransferState } from "./state"

/** `import`: the transfers of one file; `selection`: those that somebody chose */
export const batchSources = ["import", "selection"] as const

/**
 * A row of `payout_batch`: transfers that are approved, rejected or withdrawn together. Which they are never changes;
 * what becomes of them is told by their own statuses.
 */
const batchRow = z.object({
  id: z.string(),
  label: z.string().nullable(),
  source: z.enum(batchSources),
  import_id: z.string().nullable(),
  /** Nothing of it is sent before; null where it is sent once it is approved. */
  send_at: time.nullable(),
  created_by: z.string(),
  created_at: time,
})

export type PayoutBatch = z.infer<typeof batchRow>

export function toBatch(row: unknown): PayoutBatch {
  return readRow("payout_batch", batchRow, row)
}

/** What transfers add up to at one provider in one currency. */
export type BatchSum = ImportSum

/** How many transfers a batch has and what they add up to, without those that will never be sent. */
export type BatchTotals = {
  count: number
  sums: BatchSum[]
  /** The same of those alone that wait for an approval. */
  waiting: { count: number; sums: BatchSum[] }
  /** How many are in which state, those included that will never be sent. */
  states: Partial<Record<TransferState, number>>
}

/** What the shop's own code is told of a batch as a whole, so that it need not follow each of its transfers. */
export function batchEvent(
  act: "made" | "approved" | "rejected" | "withdrawn",
  { id, label, source, import_id, send_at, created_by }: PayoutBatch,
  { count, sums }: SeenBatch,
  came: Readonly<Record<string, unknown>> = {}
): GatewayEvent {
  const batch = {
    id,
    label,
    source,
    import_id,
    send_at: send_at?.toISOString() ?? null,
    created_by,
  }
  return { name: `payout.batch.${act}`, data: { ...batch, count, sums, ...came } }
}

/** What somebody saw of a batch when they decided about it. */
export type SeenBatch = Pick<BatchTotals, "count" | "sums">

/** Nothing was sent of these, and nothing will be. */
export const neverSentStates: readonly TransferState[] = ["rejected", "expired", "canceled"]

/** Whether it is what somebody saw: the same number, and the same sum at each provider in each currency. */
export function isAsSeen(seen: SeenBatch, now: SeenBatch): boolean {
  return seen.count === now.count && sameSums(seen.sums, now.sums)
}

function sameSums(seen: readonly BatchSum[], now: readonly BatchSum[]): boolean {
  const left = new Set(now)
  const isAllThere = seen.every((one) => {
    const same = [...left].find((other) => isSameSum(one, other))
    return same !== undefined && left.delete(same)
  })
  return isAllThere && left.size === 0
}

function isSameSum(one: BatchSum, other: BatchSum): boolean {
  return (
    one.provider_id === other.provider_id &&
    one.currency_code === other.currency_code &&
    one.count === other.count &&
    tryDecimal(one.amount) === decimal(other.amount)
  )
}

/** For people, such as "3 transfers: 1500.00 php in 2 at po_cashy_cashy, 10.00 php in 1 at po_mocasa_mocasa". */
export function batchText({ count, sums }: SeenBatch): string {
  const parts = sums.map(
    (sum) => `${sum.amount} ${sum.currency_code} in ${sum.count} at ${sum.provider_id}`
  )
  return [`${count} ${count === 1 ? "transfer" : "transfers"}`, parts.join(", ")]
    .filter((part) => part !== "")
    .join(": ")
}

/**
 * The same as a value of a reason's words, which each language writes in its own way: amount, currency, count and provider of
 * each sum, such as "1500.00 php 2 po_cashy_cashy, 10.00 php 1 po_mocasa_mocasa".
 */
export function sumsValue({ sums }: Pick<SeenBatch, "sums">): string {
  return sums
    .map((sum) => [sum.amount, sum.currency_code, sum.count, sum.provider_id].join(" "))
    .join(", ")
}
