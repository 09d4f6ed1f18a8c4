import { disablePayoutBeneficiaryWorkflow } from "../../../../../../workflows"
import { onBeneficiary } from "../../../actions"
import type { AdminDisablePayoutBeneficiaryType } from "../../../validators"

export const POST = onBeneficiary<AdminDisablePayoutBeneficiaryType>(
  disablePayoutBeneficiaryWorkflow
)
