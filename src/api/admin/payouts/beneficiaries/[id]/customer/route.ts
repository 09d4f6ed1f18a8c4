import { linkPayoutBeneficiaryWorkflow } from "../../../../../../workflows"
import { onBeneficiary } from "../../../actions"
import type { AdminLinkPayoutBeneficiaryType } from "../../../validators"

export const POST = onBeneficiary<AdminLinkPayoutBeneficiaryType>(linkPayoutBeneficiaryWorkflow)
