import { toast } from "@medusajs/ui"
import { useState } from "react"
import { isForbidden, isLoggedOut, messageOf } from "../../lib/client"
import { useWords } from "../../lib/words"
import { replay, useMessagesChanged } from "./api"

export type Progress = { done: number; of: number }

/** Has messages worked on again, one after another, and says at the end what became of them. */
export function useReplay(): {
  run: (ids: readonly string[]) => Promise<void>
  progress: Progress | undefined
} {
  const { t } = useWords()
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
        problems.push(isForbidden(error) ? t("common.forbidden") : messageOf(error))
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
