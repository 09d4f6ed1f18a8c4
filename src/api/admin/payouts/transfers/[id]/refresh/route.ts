import { refreshPayoutTransferWorkflow } from "../../../../../../workflows"
import { onTransfer } from "../../../actions"

export const POST = onTransfer(refreshPayoutTransferWorkflow)
