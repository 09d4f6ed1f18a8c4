/** Messages of gateways as the admin API has them. */
import { toast } from "@medusajs/ui"
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import type { z } from "zod"
import type * as answers from "../../../api/admin/gateway-payments/answers"
import { read, send } from "../../lib/client"
import { isLoggedOut } from "../../lib/request-error"
import { useWords } from "../../lib/words"

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
async function replay(id: string): Promise<MessageDetail> {
  return (await send<{ webhook: MessageDetail }>(`${path}/${id}/replay`)).webhook
}

/** Has the lists read again, these and those of what a message can settle. */
function useMessagesChanged(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => await queries.invalidateQueries({ queryKey: ["regional-payments"] })
}

type Progress = { done: number; of: number }

/** Has messages worked on again, one after another, and says at the end what became of them. */
export function useReplay(): {
  run: (ids: readonly string[]) => Promise<void>
  progress: Progress | undefined
} {
  const { t, failure } = useWords()
  const changed = useMessagesChanged()
  const [progress, setProgress] = useState<Progress>()

  const run = async (ids: readonly string[]) => {
    let settled = 0
    const problems: string[] = []
    for (const [done, id] of ids.entries()) {
      setProgress({ done, of: ids.length })
      try {
        const { state, error } = await replay(id)
        settled += state === "done" ? 1 : 0
        problems.push(...(state === "done" ? [] : [error ?? t("webhooks.waitsAgain")]))
      } catch (error) {
        problems.push(failure(error))
        if (isLoggedOut(error)) {
          break // the others would fail alike
        }
      }
    }
    setProgress(undefined)
    await changed()
    if (settled > 0) {
      toast.success(t("webhooks.replayed", { count: settled }))
    }
    if (problems.length > 0) {
      toast.error(t("webhooks.notReplayed", { count: problems.length }), {
        description: [...new Set(problems)].join(" · "),
      })
    }
  }
  return { run, progress }
}
