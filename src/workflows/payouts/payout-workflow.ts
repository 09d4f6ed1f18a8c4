import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createHook,
  createStep,
  createWorkflow,
  type Hook,
  type ReturnWorkflow,
  StepResponse,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { PAYOUT_MODULE } from "../../modules/payout/provider"
import type { AbstractPayoutProvider } from "../../modules/payout/provider"
import type { Actor } from "../../modules/payout/actor"
import type { PayoutModuleService } from "../../modules/payout/service"
import type { Transfer } from "../../modules/payout/domain/transfer"
import { actorOf } from "../actors"

/** `actor` is the admin's id, or `system` for the shop's own code. */
export type ByActor = { actor: string }

export type ById = ByActor & { id: string }

/** Two hooks let a shop's own code in: `validate` before anything is done, `done` after it, with the result. */
export type PayoutWorkflow<Input, Result> = ReturnWorkflow<
  Input,
  Result,
  [
    Hook<"validate", { input: WorkflowData<Input> }, unknown>,
    Hook<"done", { input: WorkflowData<Input>; result: WorkflowData<Result> }, unknown>,
  ]
>

/**
 * A workflow of one step of the same name on the payout module; a throw in its hook `validate` refuses it.
 *
 * @param act what is done, in the name of whom `actor` stands for
 * @param undo takes it back where a later step fails; without it, what was done stays
 */
export function payoutWorkflow<Input extends ByActor, Result>(
  name: string,
  act: (payouts: PayoutModuleService, who: Actor, input: Input) => Promise<Result>,
  undo?: (container: MedusaContainer, result: Result) => Promise<void>
): PayoutWorkflow<Input, Result>
// Medusa's type of a step can't be worked out while its input is a type parameter.
export function payoutWorkflow(
  name: string,
  act: (payouts: PayoutModuleService, who: Actor, input: ByActor) => Promise<unknown>,
  undo?: (container: MedusaContainer, result: unknown) => Promise<void>
): PayoutWorkflow<ByActor, unknown> {
  const step = createStep(
    name,
    async (input: ByActor, { container }) => {
      const who = await actorOf(container, input.actor)
      return new StepResponse(await act(payoutsOf(container), who, input))
    },
    undo &&
      (async (result, { container }) => {
        if (result) {
          await undo(container, result)
        }
      })
  )
  return workflowOfStep<ByActor, unknown>(name, step)
}

/** The same around a step that stands by itself. */
export function workflowOfStep<Input, Result>(
  name: string,
  step: (input: WorkflowData<Input>) => WorkflowData<Result>
): PayoutWorkflow<Input, Result> {
  return createWorkflow(name, (input: WorkflowData<Input>) => {
    const validate = createHook("validate", { input })
    const result = step(input)
    const done = createHook("done", { input, result })
    return new WorkflowResponse(result, { hooks: [validate, done] })
  })
}

export function payoutsOf(container: MedusaContainer): PayoutModuleService {
  return container.resolve<PayoutModuleService>(PAYOUT_MODULE)
}

/** For whoever works on payments too, in a shop that may have no payouts. */
export function payoutsIfAny(container: MedusaContainer): PayoutModuleService | undefined {
  return container.resolve<PayoutModuleService>(PAYOUT_MODULE, { allowUnregistered: true })
}

/**
 * For jobs: undefined too in a shop that never had payouts. Nothing can be sent or asked about there, so that the database
 * is left alone.
 */
export async function payoutsInUse(
  container: MedusaContainer
): Promise<PayoutModuleService | undefined> {
  const payouts = payoutsIfAny(container)
  return (await payouts?.isInUse()) ? payouts : undefined
}

/** @param id such as `po_mocasa_main` */
export function findPayoutProvider(
  container: MedusaContainer,
  id: string
): AbstractPayoutProvider | undefined {
  const payouts = payoutsIfAny(container)
  return payouts?.listProviders().some((provider) => provider.id === id)
    ? payouts.provider(id)
    : undefined
}

export async function transferOfReference(
  container: MedusaContainer,
  reference: string
): Promise<Transfer | undefined> {
  return await payoutsIfAny(container)?.findTransfer(reference)
}
