/** The gateway payments of an order as the admin API has them, and what can be done with them. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type {
  CheckAnswer,
  OrderPaymentsAnswer,
  PaymentLinkAnswer,
} from "../../../api/admin/gateway-payments/orders/answers"
import { read, send } from "../../lib/client"

export type OrderPayments = OrderPaymentsAnswer["order_payments"]
export type OrderPayment = OrderPayments["payments"][number]
export type Possible = NonNullable<OrderPayment["refund"]>
export type TimelineEntry = OrderPayments["timeline"][number]
export type LinkChoice = OrderPayments["links"]["providers"][number]

const key = (orderId: string) => ["regional-payments", "order", orderId]
const path = (orderId: string) => `/admin/gateway-payments/orders/${orderId}`

/** Others work on the same order: theirs is seen within so many milliseconds. */
const everyMs = 5_000

export function useOrderPayments(orderId: string, enabled: boolean) {
  return useQuery({
    queryKey: key(orderId),
    queryFn: async () => (await read<OrderPaymentsAnswer>(path(orderId))).order_payments,
    refetchInterval: everyMs,
    enabled,
  })
}

export type MoneyMove = {
  kind: "refund" | "capture" | "elsewhere"
  payment_id: string
  /** For the plugin's own routes an exact text, in major units. */
  amount: string
  note: string
}

/** Refunds and captures by Medusa's own routes, and records refunds that were made elsewhere. */
export function useMoneyMove(orderId: string) {
  const refresh = useRefresh(orderId)
  return useMutation({
    mutationFn: async ({ kind, payment_id, amount, note }: MoneyMove) => {
      switch (kind) {
        case "refund":
          return await send(`/admin/payments/${payment_id}/refund`, {
            amount: Number(amount),
            ...(note ? { note } : {}),
          })
        case "capture":
          return await send(`/admin/payments/${payment_id}/capture`, { amount: Number(amount) })
        case "elsewhere":
          return await send("/admin/gateway-payments/refunds-elsewhere", {
            payment_id,
            amount,
            note,
          })
      }
    },
    onSettled: refresh,
  })
}

export function useCheck(orderId: string) {
  const refresh = useRefresh(orderId)
  return useMutation({
    mutationFn: async (reference: string) =>
      await send<CheckAnswer>(`${path(orderId)}/check`, { reference }),
    onSettled: refresh,
  })
}

export function useCreateLink(orderId: string) {
  const refresh = useRefresh(orderId)
  return useMutation({
    mutationFn: async (link: { provider_id: string; amount: string }) =>
      await send<PaymentLinkAnswer>(`${path(orderId)}/payment-links`, link),
    onSettled: refresh,
  })
}

/** Also what Medusa's own sections of the page show of the order. */
export function useRefresh(orderId: string): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: key(orderId) }),
      ...["orders", "draft-orders", "payment"].map((medusas) =>
        queries.invalidateQueries({ queryKey: [medusas] })
      ),
    ])
  }
}
