import { submitPayoutTransferWorkflow } from "../../../../../../workflows"
import { onTransfer } from "../../../actions"

export const POST = onTransfer(submitPayoutTransferWorkflow)
