import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useSearchParams } from "react-router-dom"
import type { z } from "@medusajs/framework/zod"
import type * as answers from "../../api/admin/gateway-payments/till/answers"
import { read, send } from "./client"

export type Till = z.infer<typeof answers.Till>
export type TillOrder = z.infer<typeof answers.TillOrder>
export type TillSale = z.infer<typeof answers.TillSale>

type OneSale = { till_sale: TillSale }

const base = "/admin/gateway-payments/till"

export const tillKey = ["regional-payments", "till"]

export function useTills() {
  return useQuery({
    queryKey: [...tillKey, "tills"],
    queryFn: async () => await read<{ shop_name: string; tills: Till[] }>(base),
    staleTime: 60_000,
  })
}

/** Drafts and unpaid orders that a till can charge. */
export function useTillOrders(providerId: string, search: string) {
  return useQuery({
    queryKey: [...tillKey, "orders", providerId, search],
    queryFn: async () =>
      await read<{ orders: TillOrder[] }>(`${base}/orders`, {
        provider_id: providerId,
        ...(search ? { q: search } : {}),
      }),
  })
}

/** The last sales of all tills: a second till sees what the first one does. */
export function useTillSales() {
  return useQuery({
    queryKey: [...tillKey, "sales"],
    queryFn: async () => await read<{ till_sales: TillSale[] }>(`${base}/sales`),
    refetchInterval: 15_000,
  })
}

/** Between two questions to the shop about a sale, in milliseconds. */
const whileCharging = 1_500
const whileUnknown = 3_000
const whilePersonMends = 15_000

/**
 * A sale, asked about for as long as it waits for something. While nobody knows whether the shopper paid, the shop asks
 * the gateway each time.
 *
 * @param isSending a code was sent from this page, and its answer has not come
 */
export function useTillSale(id: string, isSending: boolean) {
  const client = useQueryClient()
  const queryKey = [...tillKey, "sale", id]
  return useQuery({
    queryKey,
    queryFn: async () => {
      const before = client.getQueryData<TillSale>(queryKey)
      const isToAsk = !isSending && (before?.state === "unknown" || before?.state === "paid")
      const { till_sale } = isToAsk
        ? await send<OneSale>(`${base}/sales/${id}/refresh`)
        : await read<OneSale>(`${base}/sales/${id}`)
      return till_sale
    },
    refetchInterval: ({ state: { data } }) => {
      if (isSending || data?.state === "charging") {
        return whileCharging
      }
      if (data?.state === "paid") {
        return data.problem === null ? whileUnknown : whilePersonMends
      }
      return data?.state === "unknown" ? whileUnknown : false
    },
    retry: false, // it is asked about again soon, and the seller is told of what went wrong
  })
}

export type NewSale = { order_id: string } | { region_id: string; amount: string; title: string }

/** @param key of the page, the same for the same sale */
export async function openSale(providerId: string, key: string, sale: NewSale): Promise<TillSale> {
  const body = { idempotency_key: key, provider_id: providerId, ...sale }
  return (await send<OneSale>(`${base}/sales`, body)).till_sale
}

/** The code goes into the request and nowhere else: no cache of this page holds it. */
export async function chargeSale(sale: TillSale, auth_code: string): Promise<TillSale> {
  const { id, amount, attempts } = sale
  const body = { auth_code, amount, attempts }
  return (await send<OneSale>(`${base}/sales/${id}/charge`, body)).till_sale
}

export async function endSale(id: string, how: "cancel" | "set-aside"): Promise<TillSale> {
  return (await send<OneSale>(`${base}/sales/${id}/${how}`)).till_sale
}

/** The sale that the page shows, in its address: a reload, and a login in between, come back to it. */
export function useOpenSale(): [id: string | null, show: (id: string | null) => void] {
  const [params, setParams] = useSearchParams()
  const show = (id: string | null) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        after.delete("sale")
        if (id !== null) {
          after.set("sale", id)
        }
        return after
      },
      { replace: id === null }
    )
  return [params.get("sale"), show]
}
