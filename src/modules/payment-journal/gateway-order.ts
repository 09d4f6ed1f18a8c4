import { z } from "zod"
import { count, exact, readRow, time } from "../../shared/database"

/**
 * What is known of an order that was opened at a gateway.
 *
 * - `opening`: the row stands, the gateway was asked or is about to be; whether it has the order is not known
 * - `open`: the gateway has it and the shopper can pay it
 * - `refused`: the gateway said no, or was never reached: there is nothing that could be paid
 * - `authorized`: the money is reserved, not taken
 * - `paid`: the gateway proved that the money was taken
 * - `failed`, `expired`, `canceled`: the gateway says so; where it is paid later all the same, money decides
 * - `refunded`: all of it was given back
 * - `chargeback`: the money was taken back by the shopper's bank
 */
export const gatewayOrderStates = [
  "opening",
  "open",
  "refused",
  "authorized",
  "paid",
  "failed",
  "expired",
  "canceled",
  "refunded",
  "chargeback",
] as const

export type GatewayOrderState = (typeof gatewayOrderStates)[number]

/** `unanswered`: it could not be asked, or its answer could not be read. */
export const answerStates = [
  "pending",
  "authorized",
  "paid",
  "failed",
  "expired",
  "canceled",
  "refunded",
  "chargeback",
  "unanswered",
] as const

/** A question about an order and its answer; the same answer again is the same row, with its last time. */
const gatewayAnswer = z.object({
  state: z.enum(answerStates),
  /** The gateway's own status or code, as it wrote it. */
  raw_status: z.string().nullable(),
  first_at: z.iso.datetime(),
  last_at: z.iso.datetime(),
  times: z.int(),
})

export type GatewayAnswer = z.infer<typeof gatewayAnswer>

/** How many answers an order keeps: those before are the least of its history. */
export const mostAnswers = 20

const gatewayOrderRow = z
  .object({
    id: z.string(),
    /** Ours, unique, at most 27 characters; see references.ts. */
    reference: z.string(),
    /** Medusa's id of the provider, such as `pp_mocasa_mocasa`. */
    provider_id: z.string(),
    session_id: z.string(),
    payment_collection_id: z.string().nullable(),
    cart_id: z.string().nullable(),
    customer_id: z.string().nullable(),
    raw_requested_amount: exact,
    raw_amount: exact,
    /** Lower case, as Medusa writes it. */
    currency_code: z.string(),
    state: z.enum(gatewayOrderStates),
    /** The status of the last answer about it, as the gateway wrote it. */
    raw_status: z.string().nullable(),
    /** The gateway's own number for the order, where it has one. */
    gateway_id: z.string().nullable(),
    /**
     * Numbers of the gateway's that a browser or an unproven message named for this order, the newest first.
     * They are asked about, never believed.
     */
    candidate_ids: z
      .array(z.string())
      .nullable()
      .transform((ids) => ids ?? []),
    /** What the shopper was given to pay with (a link, a QR's text); nothing secret, nothing personal. */
    details: z.record(z.string(), z.unknown()).nullable(),
    /** What the gateway answered when it was asked, the newest last; see `GatewayAnswer`. */
    answers: z
      .array(gatewayAnswer)
      .nullable()
      .catch(null)
      .transform((answers) => answers ?? []),
    expires_at: time.nullable(),
    /** When the gateway was last asked on behalf of a shopper who waits; bounds how often it is. */
    asked_at: time.nullable(),
    /** The payment session that its money was attached to by a person, in the place of `session_id`. */
    attached_session_id: z.string().nullable(),
    /** Since when Medusa has no session for it any more; the order can still be paid at the gateway. */
    session_released_at: time.nullable(),
    /** When the shop asks about it of its own accord; null where nothing is expected of it any more. */
    next_check_at: time.nullable(),
    /** How often it was taken over to be asked about so. */
    checks: count,
    created_at: time,
    updated_at: time,
  })
  .transform(({ raw_requested_amount, raw_amount, ...row }) => ({
    ...row,
    /** What Medusa asked for, exact and unrounded, in major units. */
    requested_amount: raw_requested_amount,
    /**
     * What the gateway was asked to charge: rounded once, to the gateway's decimals, in major units. Where a person
     * has attached another amount that came, both are that amount.
     */
    amount: raw_amount,
  }))

export type GatewayOrder = z.infer<typeof gatewayOrderRow>

export function toGatewayOrder(row: unknown): GatewayOrder {
  return readRow("gateway_order", gatewayOrderRow, row)
}

export type NewGatewayOrder = Pick<
  GatewayOrder,
  | "reference"
  | "provider_id"
  | "session_id"
  | "payment_collection_id"
  | "customer_id"
  | "requested_amount"
  | "amount"
  | "currency_code"
> &
  Partial<Pick<GatewayOrder, "details" | "attached_session_id">>

/** What is left out stays as it is; null clears. */
export type GatewayOrderChange = {
  state: GatewayOrderState
  raw_status?: string | null
  gateway_id?: string | null
  details?: Record<string, unknown> | null
  expires_at?: Date | null
  /** The gateway's answer that it follows from, noted with it whether the state can be reached or not. */
  answer?: Pick<GatewayAnswer, "state" | "raw_status">
}

/** How many numbers that nobody proved an order keeps: whoever can name its reference can leave one, so that there is an end to it. */
export const mostCandidateIds = 10

/**
 * From which states each state may be reached. Paid leaves only to refunded and chargeback; failed,
 * expired, canceled and refused may still become paid, because money that came decides. Refused may become
 * open: the same reference is sent again when the shopper tries again. Refunded may come from orders that
 * were never seen paid: the money came and went back between two looks at the gateway.
 */
const reachableFrom: Readonly<Record<GatewayOrderState, readonly GatewayOrderState[]>> = {
  opening: ["refused"],
  open: ["opening", "refused"],
  refused: ["opening"],
  authorized: ["opening", "open", "refused", "failed", "expired", "canceled"],
  paid: ["opening", "open", "refused", "authorized", "failed", "expired", "canceled"],
  failed: ["opening", "open", "authorized"],
  expired: ["opening", "open", "authorized", "failed"],
  canceled: ["opening", "open", "authorized", "failed", "expired"],
  refunded: ["opening", "open", "authorized", "paid", "failed", "expired", "canceled"],
  chargeback: [
    "opening",
    "open",
    "authorized",
    "paid",
    "failed",
    "expired",
    "canceled",
    "refunded",
  ],
}

/** The states in which news of `state` changes the row; its own is among them, for the other fields. */
export function changeableFrom(state: GatewayOrderState): readonly GatewayOrderState[] {
  return [...reachableFrom[state], state]
}

/**
 * What a new state means for the next time that the shop asks of its own accord: `soon` at the latest, never,
 * `again` where it had been done with, or nothing. Money that came has to be booked; what was refused can't be
 * paid, unless it is opened again.
 */
export const checkAfter: Readonly<Partial<Record<GatewayOrderState, "soon" | "never" | "again">>> =
  {
    authorized: "soon",
    paid: "soon",
    refused: "never",
    opening: "again",
    open: "again",
  }

/** Orders that hold the shopper's money, or that the shopper could still pay as far as we know. */
export const bindingStates: readonly GatewayOrderState[] = [
  "opening",
  "open",
  "failed",
  "authorized",
  "paid",
]

/** Money that a gateway proved to have received for one of our orders. Several rows can make up one order. */
const receivedMoneyRow = z
  .object({
    id: z.string(),
    provider_id: z.string(),
    /** The gateway's own number of this payment, unique for the provider. */
    gateway_id: z.string(),
    order_reference: z.string(),
    raw_amount: exact,
    currency_code: z.string(),
    created_at: time,
  })
  .transform(({ raw_amount, ...row }) => ({
    ...row,
    /** Major units. */
    amount: raw_amount,
  }))

export type ReceivedMoney = z.infer<typeof receivedMoneyRow>

export function toReceivedMoney(row: unknown): ReceivedMoney {
  return readRow("received_money", receivedMoneyRow, row)
}

export type NewReceivedMoney = Omit<ReceivedMoney, "id" | "created_at">

export type MoneyReceipt = {
  /** As it was written the first time: it may be another order's. */
  money: ReceivedMoney
  isNew: boolean
  /** All that is counted for the order by now, oldest first. */
  ofOrder: ReceivedMoney[]
}

/** Which rows to take over in order to ask the gateway about them. */
export type CheckClaim = {
  /** Medusa's id of the provider, because each gateway is asked at its own pace. */
  provider_id: string
  /** Those whose time had come by then. */
  due: Date
  /** How long nobody else takes them over, in milliseconds: a server that dies gives them back by this alone. */
  lease_ms: number
  limit: number
}

/** What one claim took over, or the beginning of an operation, and what is to be held on to. */
export type ClaimRenewal = {
  references: readonly string[]
  /** Until when it is held by now, as the rows say: one that another has taken over, or that was settled, is not. */
  until: Date
  /** For how long from now on, in milliseconds. */
  lease_ms: number
}

/** Which orders to take over that the shop's own wait for, and whose time to be paid is over. */
export type OverdueClaim = {
  /** Of these providers alone, by Medusa's ids. */
  providerIds: readonly string[]
  /** So long it must be over, in milliseconds. */
  graceMs: number
  /** Between two questions about the same order, whichever instance asks, in milliseconds. */
  intervalMs: number
  limit: number
}

/** After a payment was opened, or an operation ended in the unknown, in milliseconds. */
export const firstCheckMs = 30_000

/** A server whose clock is ahead must not take what another has taken over just now. */
export function earlier(due: Date, now: Date): Date {
  return due < now ? due : now
}

export function inMs(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds)
}
