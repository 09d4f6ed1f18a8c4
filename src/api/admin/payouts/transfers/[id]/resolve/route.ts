import { resolvePayoutTransferWorkflow } from "../../../../../../workflows"
import { onTransfer } from "../../../actions"
import type { AdminResolvePayoutTransferType } from "../../../validators"

export const POST = onTransfer<AdminResolvePayoutTransferType>(resolvePayoutTransferWorkflow)
