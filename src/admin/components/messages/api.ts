/** Messages of gateways as the admin API has them. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query"
import type { z } from "zod"
import type * as answers from "../../../api/admin/gateway-payments/answers"
import { read, send } from "../../lib/client"

export type Message = z.infer<typeof answers.Webhook>
export type MessageDetail = z.infer<typeof answers.WebhookDetail>

const path = "/admin/gateway-payments/webhooks"
const key = ["regional-payments", "webhooks"]

export function useMessages(query: Parameters<typeof read>[1]) {
  return useQuery({
    queryKey: [...key, "list", query],
    queryFn: async () => await read<{ webhooks: Message[]; count: number }>(path, query),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })
}

export function useMessage(id: string) {
  return useQuery({
    queryKey: [...key, "one", id],
    queryFn: async () => await read<{ webhook: MessageDetail }>(`${path}/${id}`),
    refetchInterval: 10_000,
  })
}

/** Has one worked on again, and tells what became of it. */
export async function replay(id: string): Promise<MessageDetail> {
  return (await send<{ webhook: MessageDetail }>(`${path}/${id}/replay`)).webhook
}

/** Has the lists read again, these and those of what a message can settle. */
export function useMessagesChanged(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => await queries.invalidateQueries({ queryKey: ["regional-payments"] })
}
