import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder, ReceivedMoney } from "../../modules/payment-journal/gateway-order"
import { exceptionsAbout } from "../../modules/payment-journal/repositories/payment-queries"
import { TillSales, type TillSale } from "../../modules/payment-journal/repositories/till-sales"
import { orderDetails } from "../../providers/base/order-details"
import { journalOf } from "../../providers/registry"
import { existing } from "../../shared/errors"
import { decideSale, type SaleState } from "./sale-state"
import { tillOrder, type TillOrder, listTills, tillContext } from "./till-order"

/** A sale as the till's page shows it. Amounts are exact texts in major units; times are ISO texts. */
export type TillSaleView = {
  id: string
  provider_id: string
  state: SaleState
  can_charge: boolean
  can_cancel: boolean
  can_set_aside: boolean
  /** What was charged, or is due now. */
  amount: string
  currency_code: string
  order_id: string
  display_id: number | null
  is_draft_order: boolean
  attempts: number
  /** Ours of the last code's payment, which the gateway knows it by. */
  reference: string | null
  gateway_id: string | null
  gateway_code: string | null
  gateway_message: string | null
  /** What the shopper paid on top. */
  surplus: string | null
  paid_at: string | null
  /** Why the order is not placed although it is paid. */
  problem: string | null
  created_at: string
}

export function salesOf(container: MedusaContainer): TillSales {
  return new TillSales(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
}

/** @throws MedusaError not_found */
export async function requireSale(container: MedusaContainer, id: string): Promise<TillSale> {
  return existing(await salesOf(container).find(id), `sale ${id} at the till`)
}

/** By the journal and Medusa's rows; no gateway is asked. */
export async function readSale(container: MedusaContainer, sale: TillSale): Promise<TillSaleView> {
  const order = await tillOrder(container, tillContext(container, sale.provider_id), sale.order_id)
  const attempt = await lastAttempt(container, sale)
  return viewOf(sale, order, attempt)
}

const shown = 10

/** The newest first, without those of providers that the shop's config does not have any more. */
export async function lastSales(
  container: MedusaContainer,
  state: TillSale["state"] | undefined
): Promise<TillSaleView[]> {
  const tills = await listTills(container)
  const sales = await salesOf(container).list({
    limit: shown,
    provider_ids: tills.map(({ provider_id }) => provider_id),
    ...(state ? { state } : {}),
  })
  return await Promise.all(sales.map(async (sale) => await readSale(container, sale)))
}

/** The last code's payment in the journal. */
export type Attempt = {
  order: GatewayOrder
  charge: GatewayOperation | undefined
  money: readonly ReceivedMoney[]
  /** Something was listed about its money, and all of that is settled. */
  isSettled: boolean
}

export async function lastAttempt(
  container: MedusaContainer,
  { session_id }: Pick<TillSale, "session_id">
): Promise<Attempt | null> {
  const journal = journalOf(container)
  const [order] = session_id === null ? [] : await journal.ordersOfSession(session_id)
  if (!order) {
    return null
  }
  const charges = await journal.operationsOfOrder(order.reference, "charge")
  const money = await journal.moneyOfOrder(order.reference)
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const listed = await exceptionsAbout(database, [order.reference])
  const isSettled = listed.length > 0 && listed.every(({ state }) => state !== "open")
  return { order, charge: charges.at(-1), money, isSettled }
}

function viewOf(
  sale: TillSale,
  order: TillOrder | undefined,
  attempt: Attempt | null
): TillSaleView {
  const decision = decideSale(
    {
      row: sale.state,
      isDue: order !== undefined && order.due !== "0",
      attempt: attempt && factsOf(attempt),
    },
    new Date()
  )
  const isCharged = !decision.canCharge && attempt !== null
  return {
    id: sale.id,
    provider_id: sale.provider_id,
    state: decision.state,
    can_charge: decision.canCharge,
    can_cancel: decision.canCancel,
    can_set_aside: decision.canSetAside,
    amount: isCharged ? attempt.order.amount : (order?.due ?? "0"),
    currency_code: order?.currency_code ?? attempt?.order.currency_code ?? "",
    order_id: sale.order_id,
    display_id: order?.display_id ?? null,
    is_draft_order: order?.is_draft_order ?? false,
    attempts: sale.attempts,
    reference: attempt?.order.reference ?? null,
    gateway_id: attempt?.order.gateway_id ?? null,
    gateway_code: attempt?.charge?.gateway_code ?? null,
    gateway_message: attempt?.charge?.gateway_message ?? null,
    surplus: (attempt && orderDetails(attempt.order).surplus) ?? null,
    paid_at: attempt?.money[0]?.created_at.toISOString() ?? null,
    problem: sale.problem,
    created_at: sale.created_at.toISOString(),
  }
}

function factsOf({ order, charge, money, isSettled }: Attempt) {
  return {
    state: order.state,
    hasMoney: money.length > 0,
    isSettled,
    charge: charge
      ? {
          state: charge.state,
          begunAt: charge.created_at,
          leaseExpiresAt: charge.lease_expires_at,
        }
      : null,
  }
}
