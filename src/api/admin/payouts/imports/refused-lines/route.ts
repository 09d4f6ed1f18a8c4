import { answersRefusals } from "../../../answers-refusals"
import { actorOf } from "../../../../../workflows/actors"
import { checkImportFile } from "../../../../../workflows/payouts/read-import-file"
import { payoutsOf } from "../../../../../workflows/payouts/payout-workflow"
import { answerCsv } from "../../../csv"
import { refusedLines } from "../../import-files"
import type { AdminCheckPayoutImportType } from "../../validators"

export const POST = answersRefusals<AdminCheckPayoutImportType>(async (req, res) => {
  const actor = await actorOf(req.scope, req.auth_context.actor_id)
  const { file, problems } = await checkImportFile(payoutsOf(req.scope), req.validatedBody, actor)
  await answerCsv(req, res, "refused-lines", refusedLines(file, problems))
})
