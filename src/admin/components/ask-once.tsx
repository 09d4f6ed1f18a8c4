import { toast, usePrompt } from "@medusajs/ui"
import { useWords } from "../lib/words"

export type Question = {
  title: string
  /** What happens then, and what can't be taken back. */
  description: string
  /** What the button does, such as `Refund PHP 1,985.00`. */
  confirm: string
  isDangerous?: boolean
}

/**
 * Asks once before money moves: what happens, with amount and name, and a button that says what it does.
 *
 * @returns whether the person said yes
 */
export function useAskOnce(): (question: Question) => Promise<boolean> {
  const ask = usePrompt()
  const { t } = useWords()
  return async ({ title, description, confirm, isDangerous = false }) =>
    await ask({
      title,
      description,
      confirmText: confirm,
      cancelText: t("common.cancel"),
      variant: isDangerous ? "danger" : "confirmation",
    })
}

/**
 * Asks once, does it, and says at the edge of the page that it was done.
 *
 * @returns whether it was done; what it was refused with is shown by whoever asked, beside what was typed
 */
export function useDoOnce(): (
  question: Question,
  act: () => Promise<unknown>,
  done: string
) => Promise<boolean> {
  const askOnce = useAskOnce()
  return async (question, act, done) => {
    if (!(await askOnce(question))) {
      return false
    }
    try {
      await act()
    } catch {
      return false
    }
    toast.success(done)
    return true
  }
}
