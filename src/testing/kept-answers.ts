import { type GatewayAnswer, mostAnswers } from "../modules/payment-journal/gateway-order"

/** The answers of an order with one more. */
export function withAnswer(
  answers: readonly GatewayAnswer[],
  { state, raw_status }: Pick<GatewayAnswer, "state" | "raw_status">,
  now: Date
): GatewayAnswer[] {
  const at = now.toISOString()
  const last = answers.at(-1)
  return last?.state === state && last.raw_status === raw_status
    ? [...answers.slice(0, -1), { ...last, last_at: at, times: last.times + 1 }]
    : [...answers, { state, raw_status, first_at: at, last_at: at, times: 1 }].slice(-mostAnswers)
}
