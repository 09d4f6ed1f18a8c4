/** The configured providers as the admin API has them. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { GatewayProvider } from "../../../api/admin/gateway-payments/provider-answers"
import { read, send } from "../../lib/client"

export type { GatewayProvider }

const path = "/admin/gateway-payments/providers"
const key = ["regional-payments", "gateway-settings"]

/** Messages come, and regions change on other pages. */
const refetchEveryMs = 15_000

export function useProviders() {
  return useQuery({
    queryKey: [...key, "list"],
    queryFn: async () => (await read<{ providers: GatewayProvider[] }>(path)).providers,
    refetchInterval: refetchEveryMs,
  })
}

export function useProvider(id: string) {
  return useQuery({
    queryKey: [...key, id],
    queryFn: async () => (await read<{ provider: GatewayProvider }>(`${path}/${id}`)).provider,
    refetchInterval: refetchEveryMs,
  })
}

/** Has the gateway asked, which takes as long as the gateway does. */
export function useCheck(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () =>
      (await send<{ provider: GatewayProvider }>(`${path}/${id}/check`)).provider,
    onSuccess: (provider) => queries.setQueryData([...key, id], provider),
    onSettled: async () => await queries.invalidateQueries({ queryKey: [...key, "list"] }),
  })
}
