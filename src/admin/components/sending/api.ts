/** The switch that pauses all sending, and what there is to send. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { z } from "@medusajs/framework/zod"
import type * as answers from "../../../api/admin/payouts/answers"
import type { PayoutReconciliation } from "../../../api/admin/payouts/sending-answers"
import { read, send } from "../../lib/client"
import { payoutsEveryMs, payoutsKey, payoutsPath } from "../payouts/api"

export type Sending = z.infer<typeof answers.PayoutSending>
export type Balance = z.infer<typeof answers.PayoutBalance>

const path = `${payoutsPath}/sending`
const key = [...payoutsKey, "sending"]

export type Reconciliation = z.infer<typeof PayoutReconciliation>

/** The last runs that held what was sent against the gateways' answers, the newest first. */
export function useReconciliations() {
  return useQuery({
    queryKey: [...payoutsKey, "reconciliations"],
    queryFn: async () =>
      (
        await read<{ reconciliations: Reconciliation[] }>(`${payoutsPath}/reconciliations`, {
          limit: 14,
          order: "-day",
        })
      ).reconciliations,
    refetchInterval: 60_000,
  })
}

export function useSending() {
  return useQuery({
    queryKey: key,
    queryFn: async () => (await read<{ sending: Sending }>(path)).sending,
    refetchInterval: payoutsEveryMs,
  })
}

export type SendingCommand = { verb: "pause"; reason: string } | { verb: "resume"; note: string }

export function useSendingCommand() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ verb, ...body }: SendingCommand) =>
      (await send<{ sending: Sending }>(`${path}/${verb}`, body)).sending,
    onSuccess: (sending) => queries.setQueryData(key, sending),
    onSettled: async () => await queries.invalidateQueries({ queryKey: payoutsKey }),
  })
}

/** What the gateway says now; asked again by a person alone, because each question is a call to the gateway. */
export function useBalance(providerId: string) {
  return useQuery({
    queryKey: [...payoutsKey, "balance", providerId],
    queryFn: async () =>
      (await read<{ balances: Balance[] }>(`${payoutsPath}/providers/${providerId}/balance`))
        .balances,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  })
}
