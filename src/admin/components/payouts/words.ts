import { formatMoney, formatTime } from "../../lib/format"
import { useWords } from "../../lib/words"
import { hintKeys } from "./hints"
import type { BeneficiaryState, TransferState } from "./api"

/** Codes and amounts of the API of payouts in words for people. */
export function usePayoutWords() {
  const { t, language, reason, told, failure } = useWords()
  /** An admin's name, a key's title, or what is said of the shop's own code and of a gateway. */
  const person = (name: string | null | undefined, id: string) => {
    switch (id) {
      case "system":
        return t("exceptions.theShop")
      case "gateway":
        return name ?? t("payouts.theGateway")
      default:
        return name || id
    }
  }
  return {
    t,
    language,
    reason,
    told,
    failure,
    money: (amount: string, currency: string) => formatMoney(amount, currency, language),
    /** How exact an amount can be. */
    decimals: (count: number) =>
      count === 0 ? t("payouts.create.whole") : t("payouts.create.decimals", { count }),
    state: (state: TransferState) => t(`payouts.states.${state}`),
    beneficiaryState: (state: BeneficiaryState) => t(`beneficiaries.states.${state}`),
    person,
    /** Who did something, and when. */
    by: (name: string | null | undefined, id: string, at: string) =>
      t("approvals.signed.by", { name: person(name, id), time: formatTime(at, language) }),
    /** What a provider asks for, by the name that the API has for it; of one without words here its own title. */
    field: (name: string, title: string) => t(`payouts.fields.${name}`, { defaultValue: title }),
    /** What it must look like; a hint without words here is shown as the provider has it. */
    hint: (hint: string | null) => {
      const key = hint === null ? undefined : hintKeys[hint]
      return key === undefined ? (hint ?? undefined) : t(`payouts.hints.${key}`)
    },
  }
}
