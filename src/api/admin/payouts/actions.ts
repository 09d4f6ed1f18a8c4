import { actorOf } from "../../../workflows/actors"
import { actionInput, type ActionWorkflow, answersRefusals } from "../answers-refusals"
import { batchAnswer } from "./batch-answers"
import { beneficiaryAnswer } from "./beneficiary-answers"
import { transferAnswer } from "./answers"

/** The handler of a route that does something to the transfer in its path and answers with it, as it is then. */
export function onTransfer<Body extends object = object>(workflow: ActionWorkflow<Body>) {
  return answersRefusals<Body>(async (req, res) => {
    const input = actionInput(req)
    await workflow(req.scope).run({ input })
    res.json(await transferAnswer(req.scope, input.id))
  })
}

/** The same for a beneficiary. */
export function onBeneficiary<Body extends object = object>(workflow: ActionWorkflow<Body>) {
  return answersRefusals<Body>(async (req, res) => {
    const input = actionInput(req)
    await workflow(req.scope).run({ input })
    res.json(await beneficiaryAnswer(req.scope, input.id))
  })
}

/** The same for a batch. */
export function onBatch<Body extends object = object>(workflow: ActionWorkflow<Body>) {
  return answersRefusals<Body>(async (req, res) => {
    const input = actionInput(req)
    await workflow(req.scope).run({ input })
    res.json(await batchAnswer(req.scope, input.id, await actorOf(req.scope, input.actor)))
  })
}
