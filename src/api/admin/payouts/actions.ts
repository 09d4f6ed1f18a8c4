import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { actorOf } from "../../../workflows/actors"
import { answersRefusals } from "../answers-refusals"
import { batchAnswer } from "./batch-answers"
import { beneficiaryAnswer } from "./beneficiary-answers"
import { transferAnswer } from "./answers"

/** What a workflow on one row is given: what the body says, the id in the path, and who asks. */
type ActionInput<Body> = Body & { id: string; actor: string }

/** Resolves when the workflow is done; what it returns is not looked at. */
type Action<Body> = (container: MedusaContainer, input: ActionInput<Body>) => Promise<unknown>

/** The handler of a route that does something to the transfer in its path and answers with it, as it is then. */
export function onTransfer<Body extends object = object>(act: Action<Body>) {
  return answersRefusals<Body>(async (req, res) => {
    await act(req.scope, inputOf(req))
    res.json(await transferAnswer(req.scope, String(req.params.id)))
  })
}

/** The same for a beneficiary. */
export function onBeneficiary<Body extends object = object>(act: Action<Body>) {
  return answersRefusals<Body>(async (req, res) => {
    await act(req.scope, inputOf(req))
    res.json(await beneficiaryAnswer(req.scope, String(req.params.id)))
  })
}

/** The same for a batch. */
export function onBatch<Body extends object = object>(act: Action<Body>) {
  return answersRefusals<Body>(async (req, res) => {
    const input = inputOf(req)
    await act(req.scope, input)
    res.json(await batchAnswer(req.scope, input.id, await actorOf(req.scope, input.actor)))
  })
}

function inputOf<Body extends object>(req: AuthenticatedMedusaRequest<Body>): ActionInput<Body> {
  return { ...req.validatedBody, id: String(req.params.id), actor: req.auth_context.actor_id }
}
