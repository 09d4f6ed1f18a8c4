import { approvePayoutTransferWorkflow } from "../../../../../../workflows"
import { onTransfer } from "../../../actions"
import type { AdminApprovePayoutTransferType } from "../../../validators"

export const POST = onTransfer<AdminApprovePayoutTransferType>(approvePayoutTransferWorkflow)
