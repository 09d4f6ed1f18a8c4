import type { ZodType } from "zod"
import type { GatewayAnswer } from "../shared/request"
import { GatewayUnknownError } from "../shared/errors"
import { readJson } from "../shared/messages"
import { envelope, refusedEnvelope } from "./messages"
import type { KessOperation } from "./paths"
import { kessGateway, refusal, wordsOf } from "./refusal"

/**
 * The `data` of an answer, in the shape that the call needs.
 *
 * @throws GatewayError: the refusal where KESS refused, unknown where the answer can't be read
 */
export function readReply<Data>(
  operation: KessOperation,
  answer: GatewayAnswer,
  schema: ZodType<Data>
): Data {
  const name = { gateway: kessGateway, operation }
  const { httpStatus } = answer
  const reply = readJson(answer, httpStatus >= 400 ? refusedEnvelope : envelope, name)
  if (!reply.success) {
    throw refusal(operation, wordsOf(reply), httpStatus)
  }
  const data = schema.safeParse(reply.data)
  if (!data.success) {
    const detail = "data is not as documented"
    throw new GatewayUnknownError({ ...name, reason: "unreadable", httpStatus, detail })
  }
  return data.data
}

/** An answer about something else proves nothing about ours. */
export function requireSame(
  operation: KessOperation,
  field: string,
  asked: string,
  answered: string
): void {
  if (asked !== answered) {
    throw new GatewayUnknownError({
      gateway: kessGateway,
      operation,
      reason: "mismatch",
      detail: `the answer names another ${field}`,
    })
  }
}
