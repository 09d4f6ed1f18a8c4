import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, MedusaError } from "@medusajs/framework/utils"
import { existing } from "../../shared/errors"
import { gatewayContextOf } from "../../providers/registry"
import { orderOfCollection } from "../medusa-reads"

type AmountDue = {
  /** Major units; Medusa's own workflows take a number here. */
  amount: number
  customer_id: string | null
  email: string | null
}

/**
 * What can be asked for an order: what was named, or all that is due. Medusa counts only what was captured
 * as paid; what is reserved is on its way, and charging it again would take it twice.
 *
 * @throws MedusaError not_found for an order that does not exist; not_allowed when it is more than is due
 */
export async function amountDue(
  container: MedusaContainer,
  orderId: string,
  amount: BigNumberInput | undefined
): Promise<AmountDue> {
  const order = existing(await dueOnOrder(container, orderId), `order ${orderId}`)
  const { due, reserved } = order
  const wanted = amount ?? due
  if (order.status === "canceled" || !MathBN.gt(wanted, 0) || MathBN.gt(wanted, due)) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `${MathBN.convert(wanted).toFixed()} ${order.currency_code.toUpperCase()} can't be asked for order ` +
        `${orderId}, which is ${order.status}: ${due.toFixed()} are due` +
        (MathBN.gt(reserved, 0) ? `, and ${reserved.toFixed()} are reserved and not captured` : "")
    )
  }
  return {
    amount: MathBN.convert(wanted).toNumber(),
    customer_id: order.customer_id,
    email: order.email,
  }
}

export type DueOnOrder = {
  id: string
  display_id: number
  status: string
  currency_code: string
  customer_id: string | null
  email: string | null
  created_at: Date | string
  total: BigNumber
  /** What is neither paid nor reserved; major units. */
  due: BigNumber
  reserved: BigNumber
  /** What the shop has to give back: more was paid than the order costs by now. */
  owed: BigNumber
  region_id: string | null
}

type BigNumber = ReturnType<typeof reservedAmount>

/** What is due on the order that a payment collection belongs to; undefined for a cart's, and for the shop's own. */
export async function dueOnOrderOfCollection(
  container: MedusaContainer,
  payment_collection_id: string
): Promise<DueOnOrder | undefined> {
  const orderId = (await orderOfCollection(container, payment_collection_id))?.order_id
  return orderId ? await dueOnOrder(container, orderId) : undefined
}

/**
 * Whether an order is paid otherwise by now. What is paid for a canceled one is booked, and listed as due to be
 * given back.
 */
export function wantsNoMore({ status, due }: Pick<DueOnOrder, "status" | "due">): boolean {
  return status !== "canceled" && !MathBN.gt(due, 0)
}

/** What is due on an order, a draft too; undefined where there is no such order. */
export async function dueOnOrder(
  container: MedusaContainer,
  orderId: string
): Promise<DueOnOrder | undefined> {
  const [order] = await duesOnOrders(container, [orderId])
  return order
}

/** What is due on each of these orders that exists. */
export async function duesOnOrders(
  container: MedusaContainer,
  orderIds: readonly string[]
): Promise<DueOnOrder[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: [
      "id",
      "display_id",
      "created_at",
      "summary.*",
      "customer_id",
      "email",
      "currency_code",
      "region_id",
      "status",
      "payment_collections.payments.*",
      "payment_collections.payments.captures.*",
    ],
    filters: { id: [...orderIds] },
  })
  return data.map((order) => {
    const payments = (order.payment_collections ?? []).flatMap(
      (collection: { payments?: PaymentRow[] } | null) => collection?.payments ?? []
    )
    const reserved = reservedAmount(container, payments)
    return {
      id: order.id,
      display_id: order.display_id,
      created_at: order.created_at,
      status: order.status,
      currency_code: order.currency_code,
      customer_id: order.customer_id ?? null,
      email: order.email ?? null,
      total: MathBN.convert(order.summary?.current_order_total ?? 0),
      due: MathBN.max(MathBN.sub(order.summary?.pending_difference ?? 0, reserved), 0),
      reserved,
      owed: MathBN.max(MathBN.mult(order.summary?.pending_difference ?? 0, -1), 0),
      region_id: order.region_id ?? null,
    }
  })
}

type MoneyRow = { amount: BigNumberInput; raw_amount?: BigNumberInput | null }

/** A payment of Medusa's, as far as it is read here. */
type PaymentRow = MoneyRow & {
  provider_id: string
  canceled_at?: unknown
  captures?: (MoneyRow | null)[] | null
}

/** What payments of an order hold and have not taken yet; major units. */
function reservedAmount(container: MedusaContainer, payments: readonly PaymentRow[]) {
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
  return gateway?.capabilities.capture === "single_partial"
}

function amountOf({ raw_amount, amount }: MoneyRow) {
  return MathBN.convert(raw_amount ?? amount)
}
