import { isConflict } from "../../lib/request-error"
import { useWords } from "../../lib/words"
import type { PaymentException } from "./api"

/** Codes of the API in words for people. */
export function useExceptionWords() {
  const { t, language, reason, failure } = useWords()
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
        ? t("exceptions.takenMeanwhile", { reason: reason(error) })
        : failure(error),
  }
}

export const stateColors = {
  open: "orange",
  refunded: "blue",
  attached: "green",
  closed: "grey",
} as const satisfies Record<PaymentException["state"], string>

/** In the order in which the filter offers them; a code that the API adds is asked for here by the compiler. */
const kinds: Readonly<Record<PaymentException["kind"], true>> = {
  session_gone: true,
  paid_twice: true,
  too_much: true,
  too_little: true,
  other_currency: true,
  order_not_made: true,
  refund_due: true,
  refund_failed: true,
  refund_not_booked: true,
  capture_not_booked: true,
  order_without_cart: true,
}

const states: Readonly<Record<PaymentException["state"], true>> = {
  open: true,
  refunded: true,
  attached: true,
  closed: true,
}

export const exceptionKinds = Object.keys(kinds) as PaymentException["kind"][]
export const exceptionStates = Object.keys(states) as PaymentException["state"][]
