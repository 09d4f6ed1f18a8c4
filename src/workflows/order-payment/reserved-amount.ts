import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"
import { gatewayContextOf } from "../../providers/registry"

type MoneyRow = { amount: BigNumberInput; raw_amount?: BigNumberInput | null }

/** A payment of Medusa's, as far as it is read here. */
export type PaymentRow = MoneyRow & {
  provider_id: string
  canceled_at?: unknown
  captures?: (MoneyRow | null)[] | null
}

/** What payments of an order hold and have not taken yet; major units. */
export function reservedAmount(container: MedusaContainer, payments: readonly PaymentRow[]) {
  return payments
    .filter((payment) => !payment.canceled_at)
    .map((payment) => {
      const captures = (payment.captures ?? []).flatMap((capture) => capture ?? [])
      const isSpent = captures.length > 0 && capturesOnce(container, payment.provider_id)
      const rest = captures.reduce(
        (left, capture) => MathBN.sub(left, amountOf(capture)),
        amountOf(payment)
      )
      return isSpent ? MathBN.convert(0) : MathBN.max(rest, 0)
    })
    .reduce((sum, rest) => MathBN.add(sum, rest), MathBN.convert(0))
}

/** Where only one capture is made, the rest of the reservation lapses with it. */
function capturesOnce(container: MedusaContainer, providerId: string): boolean {
  const gateway = gatewayContextOf(container, providerId)?.context.gateway
  return gateway?.capabilities.captures === "once"
}

function amountOf({ raw_amount, amount }: MoneyRow) {
  return MathBN.convert(raw_amount ?? amount)
}
