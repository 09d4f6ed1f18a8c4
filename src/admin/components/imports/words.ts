import { usePayoutWords } from "../payouts/words"
import type { Sum } from "../payouts/sums-table"
import type { Import } from "./api"

/** What files of transfers came to, in words for people. */
export function useImportWords() {
  const words = usePayoutWords()
  const { t, language, money } = words
  return {
    ...words,
    count: (number: number) => new Intl.NumberFormat(language).format(number),
    /** Such as `PHP 50,000.00 and PKR 25,000`. */
    sums: (sums: readonly Sum[]) =>
      new Intl.ListFormat(language).format(
        sums.map(({ amount, currency_code }) => money(amount, currency_code))
      ),
    importState: (status: Import["status"]) => t(`imports.states.${status}`),
  }
}

export const importColors = {
  checking: "blue",
  making: "blue",
  done: "green",
  refused: "red",
} as const satisfies Record<Import["status"], string>
