import { z } from "zod"
import { count, exact, readRow, time } from "../../shared/database"

export const operationKinds = ["charge", "capture", "refund", "void"] as const

export type OperationKind = (typeof operationKinds)[number]

/**
 * - `intended`: committed before the socket is opened; a row that stays so is as good as `unknown`
 * - `done`, `declined`: made, and surely not made
 * - `unknown`: nobody knows yet
 * - `returned`: a refund that the gateway said was made, and that failed later: the money is the shop's again
 */
export const operationStates = ["intended", "done", "declined", "unknown", "returned"] as const

export type OperationState = (typeof operationStates)[number]

/** Not known to have ended: nothing else may move on the order before one of these is settled. */
export const unsettledStates: readonly OperationState[] = ["intended", "unknown"]

/** From which states each state of an operation is reached; a row begins as `intended`. Done is left by a refund alone. */
export const operationReachableFrom: Readonly<Record<OperationState, readonly OperationState[]>> = {
  intended: [],
  unknown: unsettledStates,
  done: unsettledStates,
  declined: unsettledStates,
  returned: ["done"],
}

/** What may be due to be asked about: what has not ended, a refund that can still fail, and one that has. */
export function isToBeChecked({ kind, state }: Pick<GatewayOperation, "kind" | "state">): boolean {
  return kind === "refund" ? state !== "declined" : unsettledStates.includes(state)
}

/** What becomes of a charge is told by its order; the others are asked about by themselves. */
export const checkedKinds = ["capture", "refund", "void"] as const satisfies OperationKind[]

export type CheckedKind = (typeof checkedKinds)[number]

const gatewayOperationRow = z
  .object({
    id: z.string(),
    /** Ours, unique, the same on every repeat; see references.ts. */
    reference: z.string(),
    order_reference: z.string(),
    kind: z.enum(operationKinds),
    raw_amount: exact,
    currency_code: z.string(),
    state: z.enum(operationStates),
    /** Medusa's row for it (a refund's or a capture's id). Medusa deletes that row when the provider throws. */
    medusa_id: z.string().nullable(),
    /** The entry of the list of payment exceptions that it gave back; Medusa has no row for such a refund. */
    exception_id: z.string().nullable(),
    /** The gateway's own number for it, where it gives one. */
    gateway_id: z.string().nullable(),
    gateway_code: z.string().nullable(),
    gateway_message: z.string().nullable(),
    /** A person said that the money was moved another way; the gateway was not called for it. */
    made_elsewhere: z.boolean(),
    /**
     * Until when the server at work on it has the time to finish; no other server touches it before. It is renewed
     * while that server lives, by the database's clock.
     */
    lease_expires_at: time,
    /** When the shop asks about it of its own accord; null where it has ended or nobody can know more. */
    next_check_at: time.nullable(),
    /** How often it was taken over to be asked about so. */
    checks: count,
    created_at: time,
    updated_at: time,
  })
  .transform(({ raw_amount, ...row }) => ({
    ...row,
    /** Major units, at the gateway's decimals. */
    amount: raw_amount,
  }))

export type GatewayOperation = z.infer<typeof gatewayOperationRow>

export function toGatewayOperation(row: unknown): GatewayOperation {
  return readRow("gateway_operation", gatewayOperationRow, row)
}

/** When a row is looked at again after an outcome was noted. */
export function checkAfterOutcome(
  { state, look_again_at = null }: OperationOutcome,
  soon: Date
): Date | null {
  switch (state) {
    case "unknown":
      return soon
    case "done":
      return look_again_at
    case "declined":
      return null
  }
}

/** Which of Medusa's rows (refunds, captures) still exist; see `PostgresJournal.beginOperation`. */
export type ExistingRows = (ids: string[]) => Promise<string[]>

export type OperationIntent = {
  order_reference: string
  kind: OperationKind
  amount: string
  currency_code: string
  medusa_id: string | null
  /** Where it gives back an entry of the list of payment exceptions: which, and the most that is given back for it. */
  exception?: { id: string; amount: string }
  /**
   * How long the caller needs at most, in milliseconds: longer than all time-outs and repeats of its gateway
   * calls together, because after it another server may take the operation over.
   */
  lease_ms: number
  /** The most that all operations of this kind on the order may add up to; null where only the kind's own rules bind. */
  limit: string | null
}

/**
 * What became of the request to move money:
 * - `begun`: the row is committed, go and call the gateway
 * - `resume`: an earlier try for the same amount ended in the unknown; it is ours now: ask before sending again
 * - `adopted`: it was done before and Medusa lost its row for it: nothing is left to send
 * - `under_way`: another server is at work on it
 * - `blocked`: another one, of another amount or kind, must be known first
 * - `over_limit`: together with what was done it would be more than there is
 */
export type OperationStart =
  | { type: "begun"; operation: GatewayOperation }
  | { type: "resume"; operation: GatewayOperation }
  | { type: "adopted"; operation: GatewayOperation }
  | { type: "under_way"; operation: GatewayOperation }
  | { type: "blocked"; operation: GatewayOperation }
  | { type: "over_limit"; done: string }

/** What is left out stays as it is; null clears. */
export type OperationOutcome = {
  state: Exclude<OperationState, "intended" | "returned">
  /** When to look again at what is done, where the gateway can still take it back; else nobody does. */
  look_again_at?: Date | null
  gateway_id?: string | null
  gateway_code?: string | null
  gateway_message?: string | null
  /** Only a person's word makes it true. */
  made_elsewhere?: boolean
}
