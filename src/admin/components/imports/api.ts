/** Files of transfers as the admin API has them, with the questions and commands that their pages share. */
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { z } from "@medusajs/framework/zod"
import type * as answers from "../../../api/admin/payouts/import-answers"
import { read, send } from "../../lib/client"
import {
  payoutsEveryMs,
  payoutsKey,
  payoutsPath,
  type Query,
  usePayoutCommand,
} from "../payouts/api"
import type { DroppedFile } from "./import-file"

export type Import = z.infer<typeof answers.PayoutImport>
export type ImportDetail = z.infer<typeof answers.PayoutImportDetail>
export type ImportCheck = z.infer<typeof answers.PayoutImportCheck>

export const importsPath = `${payoutsPath}/imports`
const key = [...payoutsKey, "imports"]
/** What a file was found to be stays as it was read, whatever is done about payouts. */
const checksKey = ["regional-payments", "payout-file-checks"]

/** While its transfers are made, in milliseconds. */
const progressEveryMs = 500

export function useImports(query: Query) {
  return useQuery({
    queryKey: [...key, "list", query],
    queryFn: async () => await read<{ imports: Import[]; count: number }>(importsPath, query),
    placeholderData: keepPreviousData,
    refetchInterval: payoutsEveryMs,
  })
}

export function useImport(id: string) {
  return useQuery({
    queryKey: [...key, "one", id],
    queryFn: async () => (await read<{ import: ImportDetail }>(`${importsPath}/${id}`)).import,
    refetchInterval: payoutsEveryMs,
  })
}

/** Says what is wrong with a file, once each time that it is dropped, and makes nothing. */
export function useCheck(file: DroppedFile) {
  return useQuery({
    queryKey: [...checksKey, file.dropped],
    queryFn: async () =>
      (await send<{ check: ImportCheck }>(`${importsPath}/check`, file.body)).check,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })
}

export type ImportToMake = {
  file: DroppedFile
  allow_partial: boolean
  send_at?: string
  /** The import of the very same lines, which was looked at: they are to be paid once more. */
  same_as_id?: string
}

/** Makes the transfers of a file; it answers when all are made. */
export function useMakeImport() {
  return usePayoutCommand(
    async ({ file, ...how }: ImportToMake) =>
      await send<{ import: ImportDetail; is_new: boolean }>(importsPath, {
        ...file.body,
        file_name: file.name,
        ...how,
      })
  )
}

/** Refuses an import that broke off, so that nobody waits for it. */
export function useEndImport(id: string) {
  return usePayoutCommand(
    async (reason: string) =>
      await send<{ import: ImportDetail }>(`${importsPath}/${id}/end`, { reason })
  )
}

/** How far the import of a file is, while another call of this page makes it. */
export function useImportProgress(digest: string | undefined, isRunning: boolean) {
  const { data } = useQuery({
    queryKey: [...key, "progress", digest],
    queryFn: async () =>
      (await read<{ imports: Import[] }>(importsPath, { digest, limit: 1 })).imports[0] ?? null,
    enabled: isRunning && digest !== undefined,
    refetchInterval: progressEveryMs,
  })
  return isRunning ? (data ?? undefined) : undefined
}
