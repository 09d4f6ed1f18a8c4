/** What is kept of one customer, as the admin API has it. Both are commands: each call is written down with who made it. */
import { useMutation, useQueryClient } from "@tanstack/react-query"
import type { z } from "@medusajs/framework/zod"
import type * as answers from "../../../api/admin/gateway-payments/customers/answers"
import { saveAsJson, send } from "../../lib/client"

type CustomerData = z.infer<typeof answers.CustomerData>
export type CustomerErasure = z.infer<typeof answers.CustomerErasure>
export type KeptReason = CustomerErasure["kept"][number]["reason"]

const pathOf = (id: string) => `/admin/gateway-payments/customers/${id}`

/** Saves all that is kept of them as a file. */
export function useExportCustomer(id: string) {
  return useMutation({
    mutationFn: async () => {
      const { customer_data } = await send<{ customer_data: CustomerData }>(`${pathOf(id)}/export`)
      saveAsJson(customer_data, `customer-${id}.json`)
      return customer_data
    },
  })
}

/** Erases what needs not be kept; pages that are open show it no more. */
export function useEraseCustomer(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () =>
      (await send<{ erasure: CustomerErasure }>(`${pathOf(id)}/erase`)).erasure,
    onSettled: async () => await queries.invalidateQueries({ queryKey: ["regional-payments"] }),
  })
}
