import { isConflict, messageOf } from "../../lib/client"
import { useWords } from "../../lib/words"
import type { PaymentException } from "./api"

/** Codes of the API in words for people. */
export function useExceptionWords() {
  const { t, language, failure } = useWords()
  return {
    t,
    language,
    kind: (kind: PaymentException["kind"]) => t(`exceptions.kinds.${kind}`),
    why: (kind: PaymentException["kind"]) => t(`exceptions.why.${kind}`),
    state: (state: PaymentException["state"]) => t(`exceptions.states.${state}`),
    /** An admin's name, or what is said of the shop's own code. */
    person: (id: string | null, name: string | null) =>
      name ?? (id === "system" || id === null ? t("exceptions.theShop") : id),
    /** What a command was refused with: in the admin's language where it is known why. */
    failure: (error: unknown) =>
      isConflict(error)
        ? t("exceptions.takenMeanwhile", { reason: messageOf(error) })
        : failure(error),
  }
}

export const stateColors = {
  open: "orange",
  refunded: "blue",
  attached: "green",
  closed: "grey",
} as const satisfies Record<PaymentException["state"], string>
