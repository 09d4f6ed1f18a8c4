import { usePrompt } from "@medusajs/ui"
import { useWords } from "../lib/words"

/**
 * Asks once before money moves: what happens, with amount and name, and a button that says what it does.
 *
 * @returns whether the person said yes
 */
export function useAskOnce(): (question: {
  title: string
  /** What happens then, and what can't be taken back. */
  description: string
  /** What the button does, such as `Refund PHP 1,985.00`. */
  confirm: string
  isDangerous?: boolean
}) => Promise<boolean> {
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
