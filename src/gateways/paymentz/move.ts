import type { PaymentzAnswer, PaymentzClient } from "./client"
import { moveBody } from "./messages"
import { mismatch, refusal } from "./refusal"
import { wireAmount } from "./wire-amount"
import type { z } from "zod"

export type PaymentzMove = {
  /** The gateway's number of the payment. */
  paymentId: string
  /** Major units. */
  amount: string
}

export type MadeMove = { code?: string; message?: string }

const paymentTypes = { capture: "CP", refund: "RF" } as const

/**
 * Captures a reservation, or refunds a payment, in full or in part.
 *
 * Assumption: a reservation can be captured once; the vendor says the same of a refund.
 *
 * @throws GatewayError; `declined` only for a code that is listed as a final no
 */
export async function moveAmount(
  client: PaymentzClient,
  operation: "capture" | "refund",
  move: PaymentzMove
): Promise<MadeMove> {
  const { paymentId } = move
  const amount = wireAmount(operation, move.amount)
  const answer = await client.call({
    operation,
    id: paymentId,
    signed: { row: "move", paymentId, amount },
    fields: { paymentType: paymentTypes[operation], amount },
    schema: moveBody,
  })
  return made(operation, paymentId, answer)
}

/**
 * Gives a reservation back, all of it.
 *
 * Assumption: it can't be given back in part; the overview says "less than or equal to the authorised
 * amount", but the call has no amount.
 *
 * @throws GatewayError; `declined` only for a code that is listed as a final no
 */
export async function reverse(
  client: PaymentzClient,
  { paymentId }: Pick<PaymentzMove, "paymentId">
): Promise<MadeMove> {
  const answer = await client.call({
    operation: "reverse",
    id: paymentId,
    signed: { row: "paymentId", paymentId },
    fields: { paymentType: "RV" },
    schema: moveBody,
  })
  return made("reverse", paymentId, answer)
}

/** The replies name no amount and not our reference: the gateway's number is all that binds them to it. */
function made(
  operation: "capture" | "refund" | "reverse",
  paymentId: string,
  { body, meaning, words, httpStatus }: PaymentzAnswer<z.output<typeof moveBody>>
): MadeMove {
  if (body.paymentId !== undefined && body.paymentId !== paymentId) {
    throw mismatch(operation, "the answer is about another paymentId")
  }
  if (meaning !== "done") {
    throw refusal(operation, words, httpStatus)
  }
  if (body.paymentId === undefined) {
    throw mismatch(operation, "the answer names no paymentId")
  }
  return { code: words.code, message: words.gatewayMessage }
}
