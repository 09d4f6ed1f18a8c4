import type { OperationKind } from "./gateway-operation"

const attempts = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
const sessionIdPattern = /^payses_([0-9A-HJKMNP-TV-Z]{26})$/
const referencePattern = /^([0-9A-HJKMNP-TV-Z]{26})([0-9A-Z])$/

/**
 * Our number for an order at a gateway: the payment session's ULID and one character for the attempt, `0`
 * first. 27 characters of `[0-9A-Z]`, the same on every repeat, and within the 32 that gateways allow even
 * where one of them appends a serial number of five digits.
 *
 * @throws RangeError for an id that is not a payment session's, or a 37th attempt
 */
export function orderReference(paymentSessionId: string, attempt: number): string {
  const ulid = sessionIdPattern.exec(paymentSessionId)?.[1]
  const character = attempts[attempt]
  if (ulid === undefined) {
    throw new RangeError(`"${paymentSessionId}" is not the id of a payment session`)
  }
  if (character === undefined) {
    throw new RangeError(
      `Payment session ${paymentSessionId} has used up its ${attempts.length} orders: open a new session`
    )
  }
  return ulid + character
}

/** All that the orders of a payment session can have; none for what is not the id of one. */
export function referencesOfSession(paymentSessionId: string): string[] {
  const ulid = sessionIdPattern.exec(paymentSessionId)?.[1]
  return ulid === undefined ? [] : [...attempts].map((character) => ulid + character)
}

type OrderReferenceParts = { sessionId: string; attempt: number }

export function isOrderReference(value: string): boolean {
  return referencePattern.test(value)
}

/** The way back; undefined for anything that is not one of our references. */
export function parseOrderReference(value: string): OrderReferenceParts | undefined {
  const [, ulid, character] = referencePattern.exec(value) ?? []
  if (ulid === undefined || character === undefined) {
    return undefined
  }
  return { sessionId: `payses_${ulid}`, attempt: attempts.indexOf(character) }
}

/** Stands in no reference of ours and in no number of a gateway's. */
const mark = "+"

/**
 * The journal's reference of a payment that came beside the one an order was opened for: the order's, and the
 * gateway's number of the payment. It has a row of its own, so that it is listed, refunded and attached by itself.
 */
export function anotherPaymentReference(orderReference: string, gatewayId: string): string {
  return `${orderReference}${mark}${gatewayId}`
}

export function isAnotherPayment({ reference }: { reference: string }): boolean {
  return reference.includes(mark)
}

/** The reference under which the gateway has an order, or a payment that came beside it. */
export function gatewayReference(journalReference: string): string {
  return journalReference.split(mark, 1)[0] ?? journalReference
}

const letters: Readonly<Record<OperationKind, string>> = {
  charge: "D",
  capture: "C",
  refund: "R",
  void: "V",
}

const ULID_LENGTH = 26

/** What the references of all operations of one kind on a payment session begin with. */
export function operationPrefix(orderReference: string, kind: OperationKind): string {
  return orderReference.slice(0, ULID_LENGTH) + letters[kind]
}

/**
 * Our number for one operation: the order's ULID, a letter for the kind, and a counter in base 36 that
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
