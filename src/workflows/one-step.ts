import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  type ReturnWorkflow,
  StepResponse,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

type Fields = Record<string, unknown>

/** Under a name of this package, so that its typings need no package that a shop does not have. */
export type OneStepWorkflow<Input, Result> = ReturnWorkflow<Input, Result, []>

/** A workflow of one step of the same name. What the step did stays where a later step of a larger workflow fails. */
export function oneStepWorkflow<Input extends object, Result>(
  name: string,
  act: (container: MedusaContainer, input: Input) => Promise<Result>
): OneStepWorkflow<Input, Result>
// Medusa's type of a step can't be worked out while its input is a type parameter.
export function oneStepWorkflow(
  name: string,
  act: (container: MedusaContainer, input: Fields) => Promise<unknown>
): OneStepWorkflow<Fields, unknown> {
  const step = createStep(
    name,
    async (input: Fields, { container }) => new StepResponse(await act(container, input))
  )
  return createWorkflow(
    name,
    (input: WorkflowData<Fields>) => new WorkflowResponse<unknown>(step(input))
  )
}
