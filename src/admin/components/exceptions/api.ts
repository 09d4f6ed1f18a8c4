/** Payment exceptions as the admin API has them, with the questions and commands that the pages share. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { z } from "zod"
import type * as answers from "../../../api/admin/gateway-payments/exception-answers"
import { read, send } from "../../lib/client"
import { isGateway } from "../../lib/gateway-name"

export type PaymentException = z.infer<typeof answers.PaymentException>
export type ExceptionDetail = z.infer<typeof answers.PaymentExceptionDetail>
export type OrderToAttach = z.infer<typeof answers.OrderToAttach>

export const exceptionsPath = "/admin/gateway-payments/exceptions"

const key = ["regional-payments", "exceptions"]

/** Others work on the same list: theirs is seen within so many milliseconds. */
const listEveryMs = 5_000
const detailEveryMs = 3_000
/** A search costs the shop's database more. */
const foundEveryMs = 15_000

type Query = Parameters<typeof read>[1]

export function useExceptions(query: Query, enabled = true) {
  return useQuery({
    queryKey: [...key, "list", query],
    queryFn: async () =>
      await read<{ payment_exceptions: PaymentException[]; count: number }>(exceptionsPath, query),
    placeholderData: keepPreviousData,
    refetchInterval: query?.q === undefined ? listEveryMs : foundEveryMs,
    enabled,
  })
}

export function useException(id: string) {
  return useQuery({
    queryKey: [...key, "one", id],
    queryFn: async () =>
      await read<{ payment_exception: ExceptionDetail }>(`${exceptionsPath}/${id}`),
    refetchInterval: detailEveryMs,
  })
}

/** Orders that the money of an entry may be for, by words or without. */
export function useOrdersToAttach(id: string, words: string) {
  return useQuery({
    queryKey: [...key, "orders", id, words],
    queryFn: async () =>
      await read<{ orders: OrderToAttach[]; amount: string; currency_code: string }>(
        `${exceptionsPath}/${id}/orders`,
        words ? { q: words } : {}
      ),
    placeholderData: keepPreviousData,
  })
}

type ExceptionCommand =
  | { verb: "take" | "release" }
  | { verb: "refund"; note?: string }
  | { verb: "attach"; order_id: string; note?: string }
  | { verb: "close"; note: string }

/** Does something to an entry; whatever came of it, the lists are read again. */
export function useExceptionCommand(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ verb, ...body }: ExceptionCommand) =>
      await send<{ payment_exception: ExceptionDetail }>(`${exceptionsPath}/${id}/${verb}`, body),
    onSuccess: (answer) => queries.setQueryData([...key, "one", id], answer),
    onSettled: async () => await queries.invalidateQueries({ queryKey: key }),
  })
}

/** How many entries wait for somebody; undefined until it is known. */
export function useWaitingCount(enabled: boolean): number | undefined {
  const { data } = useQuery({
    queryKey: [...key, "waiting"],
    queryFn: async () =>
      await read<{ count: number }>(exceptionsPath, { state: "open", limit: 1, fields: "id" }),
    refetchInterval: 30_000,
    enabled,
  })
  return data?.count
}

const none: string[] = []

/** The shop's payment providers that are gateways of this plugin; none while it is not known, or not allowed. */
export function useGateways(): string[] {
  const { data } = useQuery({
    queryKey: ["regional-payments", "providers"],
    queryFn: async () => {
      const { payment_providers } = await read<{ payment_providers: { id: string }[] }>(
        "/admin/payments/payment-providers",
        { limit: 100 }
      )
      return payment_providers.map(({ id }) => id).filter(isGateway)
    },
    staleTime: 5 * 60_000,
  })
  return data ?? none
}
