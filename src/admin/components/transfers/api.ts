/** Transfers as the admin API has them, with the questions and commands of their pages. */
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { z } from "@medusajs/framework/zod"
import type * as answers from "../../../api/admin/payouts/answers"
import type { PayoutMoneyOut } from "../../../api/admin/payouts/sending-answers"
import type {
  AdminCreatePayoutTransferType,
  AdminUpdatePayoutTransferType,
} from "../../../api/admin/payouts/validators"
import { read, send } from "../../lib/client"
import {
  payoutsEveryMs,
  payoutsKey,
  payoutsPath,
  type Query,
  type Transfer,
  usePayoutCommand,
} from "../payouts/api"

export type TransferDetail = z.infer<typeof answers.PayoutTransferDetail>
export type TransferEvent = z.infer<typeof answers.PayoutTransferEvent>
export type TransferTotal = z.infer<typeof answers.PayoutProviderTotal>

type MoneyOut = z.infer<typeof PayoutMoneyOut>

export const transfersPath = `${payoutsPath}/transfers`

const key = [...payoutsKey, "transfers"]

export function useTransfers(query: Query, enabled = true) {
  return useQuery({
    enabled,
    queryKey: [...key, "list", query],
    queryFn: async () => await read<{ transfers: Transfer[]; count: number }>(transfersPath, query),
    placeholderData: keepPreviousData,
    refetchInterval: payoutsEveryMs,
  })
}

/** How many transfers a filter lets through; undefined until it is known. */
export function useTransferCount(filters: Query): number | undefined {
  const { data } = useQuery({
    queryKey: [...key, "count", filters],
    queryFn: async () =>
      await read<{ count: number }>(transfersPath, { ...filters, limit: 1, fields: "id" }),
  })
  return data?.count
}

export function useTransferTotals(filters: Query) {
  return useQuery({
    queryKey: [...key, "totals", filters],
    queryFn: async () =>
      await read<{ by_provider: TransferTotal[] }>(`${payoutsPath}/totals`, filters),
    placeholderData: keepPreviousData,
    refetchInterval: 3 * payoutsEveryMs,
  })
}

/** By the days of the place where the admin is. */
export function useMoneyOut(filters: Query) {
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return useQuery({
    queryKey: [...key, "money-out", filters, time_zone],
    queryFn: async () =>
      await read<{ money_out: MoneyOut }>(`${payoutsPath}/money-out`, { ...filters, time_zone }),
    placeholderData: keepPreviousData,
    refetchInterval: 3 * payoutsEveryMs,
  })
}

/** Most steps of a transfer take seconds: they are seen as they come. */
const detailEveryMs = 3_000

export function useTransfer(id: string) {
  return useQuery({
    queryKey: [...key, "one", id],
    queryFn: async () => await read<{ transfer: TransferDetail }>(`${transfersPath}/${id}`),
    refetchInterval: detailEveryMs,
  })
}

/** Every step that it took; there are seldom more than ten. */
export function useTransferEvents(id: string) {
  return useQuery({
    queryKey: [...key, "events", id],
    queryFn: async () =>
      await read<{ events: TransferEvent[] }>(`${transfersPath}/${id}/events`, { limit: 100 }),
    refetchInterval: detailEveryMs,
  })
}

export function useCreateTransfer() {
  return usePayoutCommand(
    async (wanted: AdminCreatePayoutTransferType) =>
      await send<{ transfer: TransferDetail; is_new: boolean }>(transfersPath, wanted)
  )
}

/** Changes what the shop keeps with it for itself. */
export function useSaveTransferFields(id: string) {
  return usePayoutCommand(
    async (change: AdminUpdatePayoutTransferType) =>
      await send<{ transfer: TransferDetail }>(`${transfersPath}/${id}`, change)
  )
}

export type TransferCommand =
  | { verb: "cancel"; reason?: string }
  | { verb: "submit" }
  | { verb: "refresh" }
  | { verb: "retry" }
  | {
      verb: "resolve"
      outcome: "succeeded" | "failed" | "returned"
      note: string
      gateway_id?: string
    }

/** Does something to a transfer, and answers with it, or with the new one that tries it again. */
export function useTransferCommand(id: string) {
  return usePayoutCommand(
    async ({ verb, ...body }: TransferCommand) =>
      (await send<{ transfer: TransferDetail }>(`${transfersPath}/${id}/${verb}`, body)).transfer
  )
}
