import { withdrawPayoutBatchWorkflow } from "../../../../../../workflows"
import { onBatch } from "../../../actions"
import type { AdminWithdrawPayoutBatchType } from "../../../validators"

export const POST = onBatch<AdminWithdrawPayoutBatchType>(withdrawPayoutBatchWorkflow)
