/** Runs of the reconciliation as the admin API has them. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { z } from "zod"
import type * as answers from "../../../api/admin/gateway-payments/answers"
import { read, send } from "../../lib/client"

export type Run = z.infer<typeof answers.ReconciliationRun>

const path = "/admin/gateway-payments/reconciliation"
const key = ["regional-payments", "reconciliation"]

/** The newest first; what found nothing to do is not kept. */
export function useRuns(limit: number) {
  return useQuery({
    queryKey: [...key, "runs", limit],
    queryFn: async () => await read<{ runs: Run[]; count: number }>(`${path}/runs`, { limit }),
    refetchInterval: 10_000,
  })
}

/** One run while it is at work; null once it ended and had nothing to do. */
export function useRunAtWork(id: string | undefined) {
  return useQuery({
    queryKey: [...key, "run", id],
    queryFn: async () => {
      const { runs } = await read<{ runs: Run[] }>(`${path}/runs`, { id, limit: 1 })
      return runs[0] ?? null
    },
    refetchInterval: ({ state: { data } }) => (data === null || data?.ended_at ? false : 1_000),
    enabled: id !== undefined,
  })
}

export function useStartRun() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () => (await send<{ run: { id: string } }>(`${path}/run`)).run.id,
    onSettled: async () => await queries.invalidateQueries({ queryKey: key }),
  })
}
