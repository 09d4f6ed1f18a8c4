import { rejectPayoutTransferWorkflow } from "../../../../../../workflows"
import { onTransfer } from "../../../actions"
import type { AdminRejectPayoutTransferType } from "../../../validators"

export const POST = onTransfer<AdminRejectPayoutTransferType>(rejectPayoutTransferWorkflow)
