/** The shop's customers, as Medusa's own admin API has them. */
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { read } from "../../lib/client"

export type Customer = {
  id: string
  first_name: string | null
  last_name: string | null
  company_name: string | null
  email: string | null
}

const path = "/admin/customers"
const key = ["regional-payments", "customers"]
const fields = "id,first_name,last_name,company_name,email"
const shown = 8

export function useCustomer(id: string | null) {
  return useQuery({
    queryKey: [...key, "one", id],
    queryFn: async () =>
      (await read<{ customer: Customer }>(`${path}/${id ?? ""}`, { fields })).customer,
    enabled: id !== null,
    retry: false,
  })
}

/** Those that Medusa finds by words, by name or e-mail. */
export function useCustomers(words: string) {
  return useQuery({
    queryKey: [...key, "list", words],
    queryFn: async () =>
      await read<{ customers: Customer[]; count: number }>(path, {
        limit: shown,
        fields,
        ...(words ? { q: words } : {}),
      }),
    placeholderData: keepPreviousData,
  })
}
