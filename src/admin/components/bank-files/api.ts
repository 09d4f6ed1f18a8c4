/** Files for a bank and its statements as the admin API has them, with the questions and commands that the pages share. */
import { useQuery } from "@tanstack/react-query"
import type { z } from "@medusajs/framework/zod"
import type * as answers from "../../../api/admin/payouts/file-answers"
import { read, send } from "../../lib/client"
import { payoutsEveryMs, payoutsKey, payoutsPath, usePayoutCommand } from "../payouts/api"

export type BankFile = z.infer<typeof answers.PayoutFile>
export type BankFileDetail = z.infer<typeof answers.PayoutFileDetail>
export type LeftOut = z.infer<typeof answers.LeftOutOfFile>
export type Statement = z.infer<typeof answers.PayoutStatement>
export type StatementDetail = z.infer<typeof answers.PayoutStatementDetail>
export type StatementCheck = z.infer<typeof answers.PayoutStatementCheck>

export const filesPath = `${payoutsPath}/files`
const statementsPath = `${payoutsPath}/statements`
const filesKey = [...payoutsKey, "files"]
const statementsKey = [...payoutsKey, "statements"]

/** Whether a person takes what goes there to a bank, as a file. */
export function isPaidByFile(providerId: string): boolean {
  return /^po_bank_file(?:_|$)/.test(providerId)
}

export function useBankFiles(batchId: string) {
  return useQuery({
    queryKey: [...filesKey, "batch", batchId],
    queryFn: async () =>
      (await read<{ files: BankFile[] }>(filesPath, { batch_id: batchId, limit: 100 })).files,
    refetchInterval: payoutsEveryMs,
  })
}

export function useBankFile(id: string) {
  return useQuery({
    queryKey: [...filesKey, "one", id],
    queryFn: async () => (await read<{ file: BankFileDetail }>(`${filesPath}/${id}`)).file,
    refetchInterval: payoutsEveryMs,
  })
}

export type WantedFiles = { execution_date?: string; checked_note?: string }

/** Puts what is approved of a batch into files; what is in one stays there. */
export function useMakeBankFiles(batchId: string) {
  return usePayoutCommand(
    async (wanted: WantedFiles) =>
      await send<{ files: BankFile[]; made: string[]; left_out: LeftOut[] }>(
        `${payoutsPath}/batches/${batchId}/files`,
        wanted
      )
  )
}

type FoundInFile = { outcome: "succeeded" | "failed"; note: string; seen: BankFileDetail["open"] }

/** Notes what somebody found out about all that is open in a file, which they saw before they were asked. */
export function useResolveBankFile(id: string) {
  return usePayoutCommand(
    async ({ seen, ...found }: FoundInFile) =>
      await send(`${filesPath}/${id}/resolve`, { ...found, ...seen })
  )
}

/** A statement as somebody dropped it. */
export type StatementFile = { name: string; dropped: number; provider_id: string; content: string }

/** What a statement would settle and tell, once each time that it is dropped; it changes nothing. */
export function useStatementCheck({ dropped, provider_id, content }: StatementFile) {
  return useQuery({
    queryKey: ["regional-payments", "payout-statement-checks", dropped],
    queryFn: async () =>
      (await send<{ check: StatementCheck }>(`${statementsPath}/check`, { provider_id, content }))
        .check,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })
}

/** @param settles how many transfers the check said that it would settle */
export function useImportStatement() {
  return usePayoutCommand(
    async ({ file, settles }: { file: StatementFile; settles: number }) =>
      await send<{ statement: StatementDetail; is_new: boolean }>(statementsPath, {
        provider_id: file.provider_id,
        content: file.content,
        file_name: file.name,
        settles,
      })
  )
}

export function useStatement(id: string) {
  return useQuery({
    queryKey: [...statementsKey, "one", id],
    queryFn: async () =>
      (await read<{ statement: StatementDetail }>(`${statementsPath}/${id}`)).statement,
  })
}

export function useStatements() {
  return useQuery({
    queryKey: [...statementsKey, "list"],
    queryFn: async () => await read<{ statements: Statement[] }>(statementsPath, { limit: 20 }),
    refetchInterval: payoutsEveryMs,
  })
}
