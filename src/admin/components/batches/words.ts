import { useApprovalWords } from "../approvals/words"
import { useImportWords } from "../imports/words"
import type { Batch, BatchApproval, BatchDetail } from "./api"

/** What batches are and came to, in words for people. */
export function useBatchWords() {
  const approvals = useApprovalWords()
  const imports = useImportWords()
  const { t } = imports
  return {
    ...approvals,
    count: imports.count,
    /** How many, and what they add up to. */
    said: ({ count, sums }: Pick<Batch, "count" | "sums">) => ({
      count,
      number: imports.count(count),
      sums: imports.sums(sums),
    }),
    name: ({ label, id }: Pick<Batch, "label" | "id">) =>
      label ?? t("batches.unnamed", { id: id.slice(-6) }),
    /** Why this person may not approve it: by a code of its transfers where there is one. */
    whyNotApprove: ({ operations, blocked }: BatchDetail) => {
      const [first] = blocked
      return first
        ? approvals.whyNot({ why_not: first.reason, why_not_code: first.code })
        : operations.approve.code === null
          ? ""
          : t(`batches.whyNot.${operations.approve.code}`)
    },
    /** Why a transfer of it was not approved, or may not be by this person. */
    whyLeft: (code: BatchApproval["left"][number]["code"]) => {
      switch (code) {
        case "state":
        case "limit":
        case "edited":
        case "held":
        case "unreadable":
          return t(`batches.leftCodes.${code}`)
        default:
          return t(`approvals.whyNot.${code}`)
      }
    },
  }
}
