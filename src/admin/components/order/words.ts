import { formatMoney } from "../../lib/format"
import { useWords } from "../../lib/words"
import type { OrderPayment, Possible } from "./api"

/** Codes of the API in words for people. */
export function useOrderWords() {
  const { t, language, failure } = useWords()
  const money = (amount: string, currency: string) => formatMoney(amount, currency, language)

  /** What a gateway can do with a payment now, in a sentence; undefined where there is nothing to say. */
  const sentence = (
    kind: "refund" | "capture" | "void",
    possible: Possible,
    payment: OrderPayment
  ): string => {
    const gateway = payment.title ?? payment.provider_id
    const amount = possible.amount ?? possible.operation?.amount
    const values = {
      gateway,
      amount: amount === undefined ? "" : money(amount, payment.currency_code),
      operation: possible.operation
        ? t(`order.operations.${possible.operation.kind}`, {
            amount: money(possible.operation.amount, payment.currency_code),
          })
        : "",
      reference: possible.operation?.reference ?? "",
    }
    if (possible.extent === "none") {
      return t(`order.reasons.${possible.reason ?? "blocked"}`, values)
    }
    const once = possible.extent === "part" && possible.is_once ? "Once" : ""
    return t(`order.possible.${kind}.${possible.extent}${once}`, values)
  }

  return {
    t,
    language,
    money,
    sentence,
    failure,
  }
}
