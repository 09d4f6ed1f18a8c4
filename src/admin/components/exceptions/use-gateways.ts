import { useQuery } from "@tanstack/react-query"
import { read } from "../../lib/client"
import { isGateway } from "../../lib/gateway-name"

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
