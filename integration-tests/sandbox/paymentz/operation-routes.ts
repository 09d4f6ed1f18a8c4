import { z } from "zod"
import type { SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import { API, apiRoute, call, rawFields, type Call, type RawFields } from "./api-route"
import { checksum } from "./checksum"
import type { PaymentzContext } from "./context"
import { amount, authentication, currency, text } from "./fields"
import { inquiryByPath, inquiryRoute } from "./inquiry"
import { Refusal } from "./refusal"
import { timestamp } from "./timestamp"

const PATH = `${API}/payments/:id`

/** Paymentz, POST /payments/{paymentId}: capture, refund, reversal and inquiry, told apart by `paymentType`. */
export function operationRoutes(context: PaymentzContext): readonly Route[] {
  const calls: ReadonlyMap<string, Call> = new Map([
    ["CP", moveAmount(context, "capture")],
    ["RF", moveAmount(context, "refund")],
    ["RV", reverse(context)],
    ["IN", inquiryByPath(context)],
  ])
  const choose = ({ paymentType = "" }: RawFields) => {
    const chosen = calls.get(paymentType)
    if (chosen === undefined) throw new Refusal("FIELD_INVALID", "paymentType")
    return chosen
  }
  return [
    apiRoute(context, { path: PATH, needsToken: true, choose, faultPath: operationPath }),
    inquiryRoute(context),
  ]
}

/** What faults know an operation by, such as `.../payments/:id#RF`. */
function operationPath(request: SandboxRequest): string {
  try {
    return `${PATH}#${rawFields(request).paymentType ?? ""}`
  } catch {
    return PATH
  }
}

const moveFields = z.strictObject({
  ...authentication,
  paymentType: text,
  amount,
  currency: currency.optional(),
})

/** A capture or a refund, in full or in part. */
function moveAmount(context: PaymentzContext, kind: "capture" | "refund"): Call {
  const { credentials, moves, notifier, payments, settings } = context
  return call(context, {
    fields: moveFields,
    checksum: ({ amount }, request) =>
      checksum("moveOfAmount", { ...credentials, paymentId: paymentIdOf(request), amount }),
    answer: ({ amount, currency }, request) => {
      const paymentId = paymentIdOf(request)
      const { currency: paidIn } = payments.require(paymentId)
      if ((currency ?? paidIn) !== paidIn) {
        throw new Refusal("FIELD_INVALID", "currency is not that of the payment")
      }
      const { captureCode, refundCode } = settings()
      const code = kind === "capture" ? captureCode : refundCode
      notifier.moved(moves[kind](paymentId, amount, code))
      return moveAnswer(context, paymentId, code)
    },
  })
}

/** Strict: without an amount, because its checksum has none and a part can't be reversed. */
function reverse(context: PaymentzContext): Call {
  const { credentials, moves, notifier, settings } = context
  return call(context, {
    fields: z.strictObject({ ...authentication, paymentType: text }),
    checksum: (_fields, request) =>
      checksum("paymentOnly", { ...credentials, paymentId: paymentIdOf(request) }),
    answer: (_fields, request) => {
      const paymentId = paymentIdOf(request)
      const code = settings().reverseCode
      notifier.moved(moves.reverse(paymentId, code))
      return moveAnswer(context, paymentId, code)
    },
  })
}

/** Short, as a capture's answer is published. Assumption: those of refunds and reversals are the same. */
function moveAnswer({ now }: PaymentzContext, paymentId: string, code: string): object {
  return {
    paymentId,
    result: { code, description: `The operation was answered with ${code}` },
    timestamp: timestamp(now()),
  }
}

function paymentIdOf({ params }: SandboxRequest): string {
  return params["id"] ?? ""
}
