import type { Ability } from "../../lib/abilities"
import type { PayoutRules, TransferState } from "../payouts/api"

/** `again` begins a new transfer with what this one says; the others are routes of the API. */
export type Offer = "submit" | "cancel" | "refresh" | "resolve" | "retry" | "again"

/** What can be done about a transfer, by its state. What waits for an approval is decided about elsewhere on the page. */
const offers: Readonly<Record<TransferState, readonly Offer[]>> = {
  awaiting_approval: [],
  approved: ["submit", "cancel"],
  submitting: [],
  processing: ["refresh", "resolve"],
  unknown: ["refresh", "resolve"],
  not_found: ["refresh", "resolve"],
  manual_review: ["refresh", "resolve"],
  succeeded: ["refresh", "resolve"],
  returned: ["again"],
  failed: ["retry"],
  rejected: ["again"],
  expired: ["again"],
  canceled: ["again"],
}

/** What the routes ask of a role; see src/api/admin/payouts/routes.ts. */
const abilities: Readonly<Record<Offer, Ability>> = {
  submit: "payout_transfer:update",
  cancel: "payout_transfer:update",
  refresh: "payout_transfer:update",
  resolve: "payout_transfer:approve",
  retry: "payout_transfer:create",
  again: "payout_transfer:create",
}

/** What needs a gateway that can be asked and told; a bank gets a file, and answers by a statement. */
const needGateway: readonly Offer[] = ["submit", "refresh"]

/**
 * @param may undefined while the role is not known: nothing is offered then
 * @returns what is offered, and whether the role alone is why nothing is
 */
export function offersFor(
  status: TransferState,
  may: ((ability: Ability) => boolean) | undefined,
  isPaidByFile = false
): { offered: Offer[]; isForbidden: boolean } {
  const possible = offers[status].filter((offer) => !isPaidByFile || !needGateway.includes(offer))
  const offered = may ? possible.filter((offer) => may(abilities[offer])) : []
  return { offered, isForbidden: may !== undefined && possible.length > 0 && offered.length === 0 }
}

/**
 * Whether what became of a transfer is a second person's to say, because this one made it: not in a shop that asks for no
 * approval, where nobody else may be there.
 *
 * @param me undefined while it is not known who looks
 * @param approval the shop's rule; undefined while it is not known
 */
export function needsSecondPerson(
  { created_by }: { created_by: string },
  me: string | undefined,
  approval: PayoutRules["approval"] | undefined
): boolean {
  return me === created_by && approval !== "none"
}

type Outcome = "succeeded" | "failed" | "returned"

/** What a person can say that became of it. */
export function outcomesFor(status: TransferState): Outcome[] {
  return status === "succeeded" ? ["returned"] : ["succeeded", "failed", "returned"]
}
