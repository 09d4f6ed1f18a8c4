/** What waits for an approval, as the admin API has it, with the questions and commands that its pages share. */
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { z } from "@medusajs/framework/zod"
import type * as answers from "../../../api/admin/payouts/approval-answers"
import type * as batchAnswers from "../../../api/admin/payouts/batch-answers"
import { read, send } from "../../lib/client"
import {
  payoutsEveryMs,
  payoutsKey,
  payoutsPath,
  type Query,
  usePayoutCommand,
} from "../payouts/api"

export type Approval = z.infer<typeof answers.PayoutApproval>
/** What one approval signs. */
export type Signed = Pick<Approval, "transfer" | "account" | "created_by_name">

export type WaitingBatch = z.infer<typeof batchAnswers.WaitingPayoutBatch>

type Page = { approvals: Approval[]; batches: WaitingBatch[]; count: number }

const approvalsPath = `${payoutsPath}/approvals`
const key = [...payoutsKey, "approvals"]

/** What somebody is about to sign is asked about often: an edit by somebody else is seen before it is signed. */
const detailEveryMs = 3_000

export function useApprovals(query: Query) {
  return useQuery({
    queryKey: [...key, "list", query],
    queryFn: async () => await read<Page>(approvalsPath, query),
    placeholderData: keepPreviousData,
    refetchInterval: payoutsEveryMs,
  })
}

/** How many batches and transfers whoever looks may approve; undefined until it is known. */
export function useWaitingForMe({ enabled }: { enabled: boolean }): number | undefined {
  const { data } = useQuery({
    queryKey: [...key, "waiting"],
    queryFn: async () =>
      (await read<{ waiting: { batches: number; transfers: number } }>(`${approvalsPath}/waiting`))
        .waiting,
    refetchInterval: 30_000,
    enabled,
  })
  return data && data.batches + data.transfers
}

/** Null once it does not wait any more. */
export function useApproval(id: string) {
  return useQuery({
    queryKey: [...key, "one", id],
    queryFn: async () => (await read<Page>(approvalsPath, { id })).approvals[0] ?? null,
    refetchInterval: detailEveryMs,
  })
}

export type ApprovalCommand =
  | {
      verb: "approve"
      beneficiary_version_id: string
      same_as_id?: string
      first_payment_to?: string
      note?: string
    }
  | { verb: "reject"; reason: string }
  | { verb: "cancel"; reason?: string }

/** Decides about a transfer; whatever came of it, all about payouts is read again. */
export function useApprovalCommand(id: string) {
  return usePayoutCommand(
    async ({ verb, ...body }: ApprovalCommand) =>
      await send(`${payoutsPath}/transfers/${id}/${verb}`, body)
  )
}
