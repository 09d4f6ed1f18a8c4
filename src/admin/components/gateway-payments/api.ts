import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type {
  GatewayMoneyInAnswer,
  GatewayPaymentAnswer,
  GatewayPaymentDetailAnswer,
  GatewayPayments,
  GatewayPaymentTotals,
} from "../../../api/admin/gateway-payments/payment-answers"
import { read } from "../../lib/client"

export const paymentsPath = "/admin/gateway-payments"

export type Payment = GatewayPaymentAnswer
export type PaymentTotal = GatewayPaymentTotals["totals"][number]

/** As the list's routes read them: all but the page and its order. */
export type PaymentFilters = Parameters<typeof read>[1]

/** What others do is seen within this time, in milliseconds. */
const refetchInterval = 15_000

export function usePayments(query: PaymentFilters) {
  return useQuery({
    queryKey: ["regional-payments", "gateway-payments", "list", query],
    queryFn: async () => await read<GatewayPayments>(paymentsPath, query),
    placeholderData: keepPreviousData,
    refetchInterval,
  })
}

export function usePayment(id: string) {
  return useQuery({
    queryKey: ["regional-payments", "gateway-payments", "one", id],
    queryFn: async () =>
      await read<GatewayPaymentDetailAnswer>(`${paymentsPath}/${encodeURIComponent(id)}`),
    refetchInterval,
  })
}

export function usePaymentTotals(filters: PaymentFilters) {
  return useQuery({
    queryKey: ["regional-payments", "gateway-payments", "totals", filters],
    queryFn: async () => await read<GatewayPaymentTotals>(`${paymentsPath}/totals`, filters),
    placeholderData: keepPreviousData,
    refetchInterval: 4 * refetchInterval,
  })
}

/** By the days of the place where the admin is. */
export function useMoneyIn(filters: PaymentFilters) {
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return useQuery({
    queryKey: ["regional-payments", "gateway-payments", "money-in", filters, time_zone],
    queryFn: async () =>
      await read<GatewayMoneyInAnswer>(`${paymentsPath}/money-in`, { ...filters, time_zone }),
    placeholderData: keepPreviousData,
    refetchInterval: 4 * refetchInterval,
  })
}

/** In the order in which the filter offers them; a state that the API adds is asked for here by the compiler. */
export const stateColors = {
  open: "orange",
  authorized: "blue",
  paid: "green",
  refunded: "grey",
  chargeback: "red",
  failed: "red",
  expired: "grey",
  canceled: "grey",
  refused: "grey",
  opening: "orange",
} as const satisfies Record<Payment["state"], string>

export const paymentStates = Object.keys(stateColors) as Payment["state"][]
