import { z } from "zod"
import { amountField, errorField, webAddress } from "../shared/messages"

/** Product ids such as `12000` may come as numbers. */
const identifier = z.union([z.string().min(1), z.number()]).transform(String)

/** MoCoPay, "initPayment": `redirectUrl` comes "in OK case". */
export const initializedPayment = z.object({ redirectUrl: webAddress })

/** What tells whether an answer of initPayment is the OK case, and one of verifyPayment holds a session. */
export const maybeInitialized = z.object({ redirectUrl: z.unknown().optional() })
export const maybeSession = z.object({ sessionId: z.unknown().optional() }).nullable()

/**
 * MoCoPay, "verifyPayment": a payment session. The text calls no field of it mandatory. What decides about
 * money must be readable where it is there; the rest is taken as absent where it is not as documented.
 * Amounts are in major units, times have no zone and are not read.
 */
export const paymentSession = z.object({
  sessionId: identifier,
  pid: identifier,
  type: z.string().nullish().catch(undefined),
  endUser: z.object({ userId: identifier.nullish() }).nullish(),
  series: z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
    .nullish()
    .catch(undefined),
  status: z.string().nullish().catch(undefined),
  lastChargedAmount: amountField.nullish().catch(undefined),
  totalChargedAmount: amountField.nullish(),
  totalFailedAmount: amountField.nullish().catch(undefined),
  currencyCode: z.string().nullish(),
})

export type MocopaySession = z.infer<typeof paymentSession>

/**
 * Assumption: the vendor describes no refusal. These are the names under which servers of its kind write a
 * code and a sentence; they are only shown to people, never decided by.
 */
export const refusalBody = z
  .object({
    code: errorField,
    errorCode: errorField,
    message: errorField,
    errorMessage: errorField,
    error: errorField,
  })
  .partial()
