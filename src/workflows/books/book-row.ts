import type { BigNumberInput } from "@medusajs/framework/types"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { unsettledStates } from "../../modules/payment-journal/gateway-operation"
import { isCapturedElsewhere } from "../../providers/base/capture"
import type { GatewayCapabilities } from "../../providers/base/gateway"

export type RowKind = "capture" | "refund"

/** A capture or a refund that Medusa has; it writes one before it calls the provider. */
export type BookRow = {
  id: string
  kind: RowKind
  amount: BigNumberInput
}

/**
 * What a row of Medusa's stands for:
 * - `made`: money that was moved
 * - `under_way`: a move whose end is not known yet
 * - `nothing`: a move that nobody was told to make: the server died in between
 */
export type RowStanding = "made" | "under_way" | "nothing"

export type RowFacts = {
  row: Pick<BookRow, "id" | "kind">
  order: Pick<GatewayOrder, "state">
  /** Of the order, of every kind. */
  operations: readonly Pick<GatewayOperation, "kind" | "state" | "medusa_id">[]
  captures: GatewayCapabilities["captures"]
}

/** The journal writes before anything is sent: of what it does not know, no gateway was told. */
export function standingOfRow({ row, order, operations, captures }: RowFacts): RowStanding {
  const told = operations.filter(
    ({ kind, state, medusa_id }) =>
      kind === row.kind && medusa_id === row.id && state !== "declined"
  )
  if (told.some(({ state }) => state === "done")) {
    return "made"
  }
  if (told.some(({ state }) => unsettledStates.includes(state))) {
    return "under_way"
  }
  switch (row.kind) {
    case "refund":
      return "nothing"
    case "capture":
      return captures === "at_once" || isCapturedElsewhere(order, operations) ? "made" : "nothing"
  }
}
