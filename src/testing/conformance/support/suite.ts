import { MedusaError } from "@medusajs/framework/utils"
import type { Fault, GatewayData } from "../gateway-data"
import type { Payment, Session } from "./payment-rows"
import { type Store, type StoreSettings, tooLongMs } from "./store"
import type { Witness } from "./witness"

/** The store is closed when the scenario ends. */
export type OpenStore = (settings?: StoreSettings) => Promise<Store>

/** A store where a shopper has come so far with a cart of this total, of 100 where none is given. */
type OpenWith<Done> = (
  amount?: string,
  settings?: StoreSettings
) => Promise<{ readonly store: Store } & Done>

/** What a theme's scenarios work with. */
export type Suite = {
  readonly gateway: GatewayData
  /** What its scenarios are called. */
  readonly name: string
  readonly openStore: OpenStore
  /** They chose the gateway. */
  readonly openWithSession: OpenWith<{ readonly session: Session }>
  /** They paid, and the money is taken or reserved as the gateway does it. */
  readonly openWithAuthorized: OpenWith<{ readonly payment: Payment }>
  /** They paid, and the money was taken. */
  readonly openWithPaid: OpenWith<{ readonly payment: Payment }>
  readonly witness: Witness
}

/** The name of its scenarios and of its row in the table, such as `acme` or `acme (till)`. */
export function gatewayName({ identifier, variant }: GatewayData): string {
  return variant === undefined ? identifier : `${identifier} (${variant})`
}

/** The name of its spec file, without the ending. */
export function specName({ identifier, variant }: GatewayData): string {
  return variant === undefined ? identifier : `${identifier}-${variant}`
}

export type FaultRow = {
  readonly what: string
  readonly fault: Fault
  /** Whether the gateway does what it was asked for, which its client can't see. */
  readonly acts: "before the answer" | "later" | "never"
}

/** The ways in which an answer can go missing, so that nobody can know what the gateway did. */
export const lostAnswers: readonly FaultRow[] = [
  row("answer lost after it acted", { kind: "answer-lost" }, "before the answer"),
  row("connection reset before it acted", { kind: "reset-before-acting" }, "never"),
  row("time-out before it acted", { kind: "black-hole", acts: false }, "never"),
  row("time-out after it acted", { kind: "black-hole", acts: true }, "before the answer"),
  row("time-out, and it acts later", { kind: "latency", ms: tooLongMs }, "later"),
  row("half an answer", { kind: "half-answer" }, "before the answer"),
  row("HTTP 500 before it acted", { kind: "http-error", acts: false }, "never"),
  row("HTTP 500 after it acted", { kind: "http-error", acts: true }, "before the answer"),
  row(
    "HTTP 502 after it acted",
    { kind: "http-error", status: 502, acts: true },
    "before the answer"
  ),
  row("HTML before it acted", { kind: "html", acts: false }, "never"),
  row("HTML after it acted", { kind: "html", acts: true }, "before the answer"),
  row("JSON of another shape", { kind: "wrong-shape", acts: true }, "before the answer"),
  row(
    "JSON that is no object",
    { kind: "wrong-shape", answer: "success", acts: true },
    "before the answer"
  ),
  row("JSON of null, unacted", { kind: "wrong-shape", answer: null, acts: false }, "never"),
  row("answer of 50 MB", { kind: "huge-body" }, "before the answer"),
]

function row(what: string, fault: Fault, acts: FaultRow["acts"]): FaultRow {
  return { what, fault, acts }
}

/** What a merchant or a shopper reads of a refusal; anything else than a refusal fails the test. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const [result] = await Promise.allSettled([call])
  if (result.status === "fulfilled") {
    throw new Error("It was not refused")
  }
  const error: unknown = result.reason
  // Of other types Medusa shows a sentence of its own in place of the message.
  if (
    !MedusaError.isMedusaError(error) ||
    (error.type !== MedusaError.Types.NOT_ALLOWED && error.type !== MedusaError.Types.INVALID_DATA)
  ) {
    throw error
  }
  return error.message
}
