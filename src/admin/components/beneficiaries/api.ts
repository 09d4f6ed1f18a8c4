/** Beneficiaries as the admin API has them, with the questions and commands of their pages. */
import type { z } from "@medusajs/framework/zod"
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type * as answers from "../../../api/admin/payouts/beneficiary-answers"
import type {
  AdminCreatePayoutBeneficiaryType,
  AdminDecidePayoutBeneficiaryType,
  AdminUpdatePayoutBeneficiaryType,
} from "../../../api/admin/payouts/validators"
import { read, send } from "../../lib/client"
import {
  payoutsEveryMs,
  payoutsKey,
  payoutsPath,
  type Query,
  usePayoutCommand,
} from "../payouts/api"

export type Beneficiary = z.infer<typeof answers.PayoutBeneficiary>
export type BeneficiaryDetail = z.infer<typeof answers.PayoutBeneficiaryDetail>
export type BeneficiaryVersion = z.infer<typeof answers.PayoutBeneficiaryVersion>

const path = `${payoutsPath}/beneficiaries`
const key = [...payoutsKey, "beneficiaries"]

type OneBeneficiary = { beneficiary: BeneficiaryDetail }

export function useBeneficiaries(query: Query) {
  return useQuery({
    queryKey: [...key, "list", query],
    queryFn: async () => await read<{ beneficiaries: Beneficiary[]; count: number }>(path, query),
    placeholderData: keepPreviousData,
    refetchInterval: payoutsEveryMs,
  })
}

export function useBeneficiary(id: string) {
  return useQuery({
    queryKey: [...key, "one", id],
    queryFn: async () => await read<OneBeneficiary>(`${path}/${id}`),
    refetchInterval: payoutsEveryMs,
    enabled: id !== "",
  })
}

/** The newest first; the last fifty, of which there are seldom as many. */
export function useBeneficiaryVersions(id: string) {
  return useQuery({
    queryKey: [...key, "versions", id],
    queryFn: async () =>
      await read<{ versions: BeneficiaryVersion[]; count: number }>(`${path}/${id}/versions`, {
        limit: 50,
      }),
    refetchInterval: payoutsEveryMs,
  })
}

export function useCreateBeneficiary() {
  return usePayoutCommand(
    async (wanted: AdminCreatePayoutBeneficiaryType) => await send<OneBeneficiary>(path, wanted)
  )
}

type BeneficiaryCommand =
  | ({ verb: "change" } & AdminUpdatePayoutBeneficiaryType)
  | ({ verb: "decide" } & AdminDecidePayoutBeneficiaryType)
  | { verb: "disable"; reason?: string }

export function useBeneficiaryCommand(id: string) {
  return usePayoutCommand(
    async ({ verb, ...body }: BeneficiaryCommand) =>
      await send<OneBeneficiary>(`${path}/${id}${verb === "change" ? "" : `/${verb}`}`, body)
  )
}

/** Changes what the shop keeps with it for itself; that makes no version. */
export function useSaveBeneficiaryFields(id: string) {
  return usePayoutCommand(
    async (change: Pick<AdminUpdatePayoutBeneficiaryType, "external_id" | "metadata">) =>
      await send<OneBeneficiary>(`${path}/${id}`, change)
  )
}

/** Says which of the shop's customers it is; null takes the link away. */
export function useLinkCustomer() {
  return usePayoutCommand(
    async ({ id, customer_id }: { id: string; customer_id: string | null }) =>
      await send<OneBeneficiary>(`${path}/${id}/customer`, { customer_id })
  )
}

/** The account in full, which no cache of this page keeps; each call leaves an audit line. */
export function useReveal(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () =>
      (await send<{ account: Record<string, string> }>(`${path}/${id}/account`)).account,
    gcTime: 0,
    onSettled: async () => await queries.invalidateQueries({ queryKey: [...key, "one", id] }),
  })
}

/** The shop's customers, as Medusa's own admin API has them. */

export type Customer = {
  id: string
  first_name: string | null
  last_name: string | null
  company_name: string | null
  email: string | null
}

const customersPath = "/admin/customers"
const customersKey = ["regional-payments", "customers"]
const customerFields = "id,first_name,last_name,company_name,email"
const customersShown = 8

export function useCustomer(id: string | null) {
  return useQuery({
    queryKey: [...customersKey, "one", id],
    queryFn: async () =>
      (
        await read<{ customer: Customer }>(`${customersPath}/${id ?? ""}`, {
          fields: customerFields,
        })
      ).customer,
    enabled: id !== null,
    retry: false,
  })
}

/** Those that Medusa finds by words, by name or e-mail. */
export function useCustomers(words: string) {
  return useQuery({
    queryKey: [...customersKey, "list", words],
    queryFn: async () =>
      await read<{ customers: Customer[]; count: number }>(customersPath, {
        limit: customersShown,
        fields: customerFields,
        ...(words ? { q: words } : {}),
      }),
    placeholderData: keepPreviousData,
  })
}
