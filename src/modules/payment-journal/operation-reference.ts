import type { OperationKind } from "./gateway-operation"

const letters: Readonly<Record<OperationKind, string>> = {
  charge: "D",
  capture: "C",
  refund: "R",
  reverse: "V",
}

const ULID_LENGTH = 26

/** What the references of all operations of one kind on a payment session begin with. */
export function operationPrefix(orderReference: string, kind: OperationKind): string {
  return orderReference.slice(0, ULID_LENGTH) + letters[kind]
}

/**
 * Our number for one move of money: the order's ULID, a letter for the kind, and a counter in base 36 that
 * is taken under lock. It comes from the journal and not from Medusa's refund or capture id, because those
 * change each time an admin tries again. With 28 characters or more it is never an order's reference.
 */
export function operationReference(
  orderReference: string,
  kind: OperationKind,
  counter: number
): string {
  return operationPrefix(orderReference, kind) + counter.toString(36).toUpperCase()
}

/**
 * The first number of its kind that is not among those given out on the payment session, from 1 on. It
 * follows the highest and not the count, so that a row that went missing never makes a number come twice.
 */
export function nextOperationReference(
  orderReference: string,
  kind: OperationKind,
  givenOut: readonly string[]
): string {
  const prefix = operationPrefix(orderReference, kind)
  const counters = givenOut
    .filter((reference) => reference.startsWith(prefix))
    .map((reference) => Number.parseInt(reference.slice(prefix.length), 36))
  return operationReference(orderReference, kind, Math.max(0, ...counters) + 1)
}
