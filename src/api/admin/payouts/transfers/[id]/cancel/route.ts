import { cancelPayoutTransferWorkflow } from "../../../../../../workflows"
import { onTransfer } from "../../../actions"
import type { AdminCancelPayoutTransferType } from "../../../validators"

export const POST = onTransfer<AdminCancelPayoutTransferType>(cancelPayoutTransferWorkflow)
