import { rejectPayoutBatchWorkflow } from "../../../../../../workflows"
import { onBatch } from "../../../actions"
import type { AdminRejectPayoutBatchType } from "../../../validators"

export const POST = onBatch<AdminRejectPayoutBatchType>(rejectPayoutBatchWorkflow)
