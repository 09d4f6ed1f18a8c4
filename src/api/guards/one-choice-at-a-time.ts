import { isDeepStrictEqual } from "node:util"
import {
  refetchEntity,
  type MedusaNextFunction,
  type MedusaRequest,
  type MedusaResponse,
} from "@medusajs/framework/http"
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, PaymentSessionStatus } from "@medusajs/framework/utils"
import { LeaseTakenError } from "../../modules/payment-journal/leases"
import { isPlainObject } from "../../shared/plain-object"
import { leaseKeys, withLeaseOf } from "../../workflows/leases"
import { answered } from "./complete-cart"

/** Longer than it takes to open a payment at a gateway that answers, in milliseconds. */
const patienceMs = 20_000

type Session = {
  provider_id: string
  status: string
  amount: BigNumberInput
  raw_amount?: BigNumberInput | null
  data?: Record<string, unknown> | null
}

type Collection = {
  amount: BigNumberInput
  raw_amount?: BigNumberInput | null
  payment_sessions?: (Session | null)[] | null
}

/**
 * Stands before the routes that create a payment session. Core creates the new session and deletes those it read
 * before at the same time, so of two requests at one moment (a double tap) one fails with 500, or both leave a
 * session that can be paid. Here the second waits for the first: the same choice is answered with the session that
 * was just created, another one replaces it. 409 where the first does not come to its end.
 */
export async function oneChoiceAtATime(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const key = leaseKeys.paymentChoice(String(req.params.id))
  const handle = async () => {
    next()
    await answered(res)
  }
  try {
    return await withLeaseOf(req.scope, key, handle, { patienceMs: 0 })
  } catch (error) {
    rethrowUnlessTaken(error)
  }
  try {
    await withLeaseOf(
      req.scope,
      key,
      async () => {
        const isAnswered = await answerWithSameChoice(req, res)
        return isAnswered ? undefined : await handle()
      },
      { patienceMs }
    )
  } catch (error) {
    rethrowUnlessTaken(error)
    res.status(409).json({
      type: "not_allowed",
      code: "payment_method_being_chosen",
      message:
        "A payment method is being chosen for this cart at this moment, and this request did nothing. Load the " +
        "cart again in a few seconds, and choose again if it has no payment session",
    })
  }
}

function rethrowUnlessTaken(error: unknown): void {
  if (!(error instanceof LeaseTakenError)) {
    throw error
  }
}

async function answerWithSameChoice(req: MedusaRequest, res: MedusaResponse): Promise<boolean> {
  const id = String(req.params.id)
  const body = isPlainObject(req.body) ? req.body : {}
  if (!isChosen(await collectionOf(req.scope, id), body)) {
    return false
  }
  const payment_collection = await refetchEntity({
    entity: "payment_collection",
    idOrFilter: id,
    scope: req.scope,
    fields: req.queryConfig.fields,
  })
  res.status(200).json({ payment_collection })
  return true
}

async function collectionOf(
  container: MedusaContainer,
  id: string
): Promise<Collection | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment_collection",
    fields: ["id", "amount", "raw_amount", "payment_sessions.*"],
    filters: { id },
  })
  return data[0]
}

/** Whether the collection's one session is what a request asks for, and can still be paid. */
function isChosen(collection: Collection | undefined, body: Record<string, unknown>): boolean {
  const [session, ...others] = collection?.payment_sessions ?? []
  if (!collection || !session || others.length > 0) {
    return false
  }
  const asked = isPlainObject(body.data) ? body.data : {}
  return (
    session.provider_id === body.provider_id &&
    session.status === PaymentSessionStatus.PENDING &&
    MathBN.eq(session.raw_amount ?? session.amount, collection.raw_amount ?? collection.amount) &&
    holds(session.data ?? {}, asked)
  )
}

/** What is cleared once it was used (see `clearedData`) can't be compared, and counts as the same. */
function holds(data: Record<string, unknown>, asked: Record<string, unknown>): boolean {
  return Object.entries(asked).every(([key, value]) => {
    const held = data[key] ?? null
    return (
      held === null ||
      isDeepStrictEqual(held, value) ||
      (isPlainObject(held) && isPlainObject(value) && holds(held, value))
    )
  })
}
