import { decidePayoutBeneficiaryWorkflow } from "../../../../../../workflows"
import { onBeneficiary } from "../../../actions"
import type { AdminDecidePayoutBeneficiaryType } from "../../../validators"

export const POST = onBeneficiary<AdminDecidePayoutBeneficiaryType>(
  (container, { id, actor, ...decision }) =>
    decidePayoutBeneficiaryWorkflow(container).run({ input: { id, decision, actor } })
)
