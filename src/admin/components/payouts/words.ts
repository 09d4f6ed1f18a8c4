import { formatMoney } from "../../lib/format"
import { useWords } from "../../lib/words"
import type { TransferState } from "./api"

/** Codes and amounts of the API of payouts in words for people. */
export function usePayoutWords() {
  const { t, language, failure } = useWords()
  return {
    t,
    language,
    money: (amount: string, currency: string) => formatMoney(amount, currency, language),
    state: (state: TransferState) => t(`payouts.states.${state}`),
    failure,
  }
}
