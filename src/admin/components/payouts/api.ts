/** What the pages of payouts share of the admin API: its things, and the questions that several pages ask. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { z } from "@medusajs/framework/zod"
import type * as answers from "../../../api/admin/payouts/answers"
import type { PayoutBeneficiary } from "../../../api/admin/payouts/beneficiary-answers"
import type { PayoutRules as RulesAnswer } from "../../../api/admin/payouts/sending-answers"
import { read } from "../../lib/client"
import { gatewayName } from "../../lib/gateway-name"

export type Transfer = z.infer<typeof answers.PayoutTransfer>
export type TransferState = Transfer["status"]
export type BeneficiaryState = z.infer<typeof PayoutBeneficiary>["status"]
export type PayoutProvider = z.infer<typeof answers.PayoutProvider>

export type PayoutRules = z.infer<typeof RulesAnswer>

export const payoutsPath = "/admin/payouts"

/** Whatever is done about payouts, all that begins with it is read again. */
export const payoutsKey = ["regional-payments", "payouts"]

/** What others do is seen within this time, in milliseconds. */
export const payoutsEveryMs = 10_000

export type Query = Parameters<typeof read>[1]

/** Whatever comes of a command, all about payouts is read again: a changed beneficiary moves transfers, too. */
export function usePayoutCommand<Wanted, Answer>(run: (wanted: Wanted) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSettled: async () => await queries.invalidateQueries({ queryKey: payoutsKey }),
  })
}

/** The providers with what a form has to ask for; they change with the shop's config alone. */
export function usePayoutProviders() {
  return useQuery({
    queryKey: [...payoutsKey, "providers"],
    queryFn: async () =>
      (await read<{ providers: PayoutProvider[] }>(`${payoutsPath}/providers`)).providers,
    staleTime: 5 * 60_000,
  })
}

/** What the shop's config says of all transfers. */
export function usePayoutRules() {
  return useQuery({
    queryKey: [...payoutsKey, "rules"],
    queryFn: async () => (await read<{ rules: PayoutRules }>(`${payoutsPath}/rules`)).rules,
    staleTime: 5 * 60_000,
  })
}

/** What people call a provider, with its id where two have the name; of one that is gone from the config the id says it. */
export function useProviderName(): (id: string) => string {
  const { data = [] } = usePayoutProviders()
  return (id) => {
    const title = data.find((provider) => provider.id === id)?.title
    if (title === undefined) {
      return gatewayName(id)
    }
    const isOnly = data.filter((provider) => provider.title === title).length === 1
    return isOnly ? title : `${title} (${id})`
  }
}
