import { z } from "zod"

const text = z.string().min(1)
const url = z.url({ protocol: /^https?$/ })

/** What a storefront is told to do next; the same six for all gateways, and nothing beside them. */
const nextAction = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("redirect"), url }),
  z.strictObject({ type: z.literal("post_form"), url, fields: z.record(text, z.string()) }),
  z.strictObject({
    type: z.literal("qr_code"),
    value: text,
    expires_at: z.iso.datetime().optional(),
  }),
  z.strictObject({
    type: z.literal("pay_code"),
    code: text,
    expires_at: z.iso.datetime().optional(),
  }),
  z.strictObject({ type: z.literal("shopper_code") }),
  z.strictObject({ type: z.literal("none") }),
])

export type NextAction = z.output<typeof nextAction>

/**
 * As a storefront reads it from `session.data`, where null stands for a key that was cleared.
 *
 * @throws where it is none of the six, or has more to it
 */
export function readNextAction({ next_action }: Record<string, unknown>): NextAction {
  return nextAction.parse(withoutNull(next_action ?? {}))
}

function withoutNull(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value
  }
  const kept = Object.entries(value).filter(([, entry]) => entry !== null)
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutNull(entry)]))
}
