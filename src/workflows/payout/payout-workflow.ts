import {
  createHook,
  createWorkflow,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

/** `actor` is the admin's id, or `system` for the shop's own code. */
export type ByActor = { actor: string }

export type ById = ByActor & { id: string }

/**
 * A workflow of one step on the payout module. Two hooks let a shop's own code in: `validate` before anything
 * is done, where a throw refuses it, and `done` after it, with the result.
 */
export function payoutWorkflow<Input, Result>(
  name: string,
  step: (input: WorkflowData<Input>) => WorkflowData<Result>
) {
  return createWorkflow(name, (input: WorkflowData<Input>) => {
    const validate = createHook("validate", { input })
    const result = step(input)
    const done = createHook("done", { input, result })
    return new WorkflowResponse(result, { hooks: [validate, done] })
  })
}
