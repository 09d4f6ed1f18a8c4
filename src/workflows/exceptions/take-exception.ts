import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { notAllowed, notFound, Refusal } from "../../shared/errors"
import type { PaymentException } from "../../modules/payment-journal/repositories/exceptions"
import { systemActor } from "../../shared/audit-line"
import { actorNames } from "../actors"
import { oneStepWorkflow } from "../one-step"
import { exceptionsOf } from "./announce-exception"

export type TakeExceptionInput = {
  id: string
  /** The admin who is at it from now on. */
  actor: string
}

/**
 * Gives a payment exception to one person: nobody else can decide about it until they release it, decide, or were not
 * at it for a quarter of an hour. Run again it counts anew.
 *
 * @throws MedusaError not_found; not_allowed for what was settled before; conflict where somebody else is at it
 */
export const takeExceptionWorkflow = oneStepWorkflow(
  "take-payment-exception",
  async (container, { id, actor }: TakeExceptionInput) => await takeFor(container, id, actor)
)

/**
 * What is open, taken for who wants to decide about it, so that of two at once one does. The shop itself takes nothing,
 * and keeps off what a person is at.
 *
 * @throws as `takeExceptionWorkflow`
 */
export async function takeFor(
  container: MedusaContainer,
  id: string,
  actor: string
): Promise<PaymentException> {
  const exceptions = exceptionsOf(container)
  const taken = actor === systemActor ? undefined : await exceptions.take(id, actor)
  if (taken) {
    return taken
  }
  const found = await exceptions.find(id)
  if (!found) {
    throw notFound(`There is no payment exception ${id}`)
  }
  if (found.state !== "open") {
    throw await settledBefore(container, found)
  }
  if (actor === systemActor && !isTaken(found)) {
    return found
  }
  throw await takenBySomebody(container, found)
}

/** Whether somebody has it to themselves at this moment, and is not gone. */
export function isTaken(
  { taken_by, taken_until }: Pick<PaymentException, "taken_by" | "taken_until">,
  now = new Date()
): boolean {
  return taken_by !== null && taken_until !== null && taken_until > now
}

async function takenBySomebody(
  container: MedusaContainer,
  { taken_by, taken_until }: PaymentException
): Promise<MedusaError> {
  const until = taken_until ? `, until ${taken_until.toISOString()} if nothing more is heard` : ""
  const name = await nameOf(container, taken_by)
  return new Refusal(
    MedusaError.Types.CONFLICT,
    `${name} is at it${until}: nothing was done. Wait until they have decided or released it; once that time has ` +
      `passed anybody can take it over`,
    { code: "exception_taken", details: { name } }
  )
}

export async function settledBefore(
  container: MedusaContainer,
  { id, state, settled_by }: PaymentException
): Promise<MedusaError> {
  const name = await nameOf(container, settled_by)
  return notAllowed(`Payment exception ${id} was ${state} before (by ${name}): nothing was done`, {
    code: "exception_settled",
    details: { name, exception_state: state },
  })
}

async function nameOf(container: MedusaContainer, actor: string | null): Promise<string> {
  if (actor === systemActor) {
    return "the shop itself"
  }
  const names = await actorNames(container, [actor])
  return (actor && names.get(actor)) || (actor ?? "somebody else")
}

export type ReleaseExceptionInput = {
  id: string
  /** The admin who has it. */
  actor: string
}

/**
 * Leaves a payment exception to others. Does nothing where it is not this person's any more.
 *
 * @throws MedusaError not_found
 */
export const releaseExceptionWorkflow = oneStepWorkflow(
  "release-payment-exception",
  async (container, { id, actor }: ReleaseExceptionInput) => {
    const exceptions = exceptionsOf(container)
    if (!(await exceptions.release(id, actor)) && !(await exceptions.find(id))) {
      throw notFound(`There is no payment exception ${id}`)
    }
    return { id }
  }
)
