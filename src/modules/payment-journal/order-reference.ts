const attempts = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
const sessionId = /^payses_([0-9A-HJKMNP-TV-Z]{26})$/
const reference = /^([0-9A-HJKMNP-TV-Z]{26})([0-9A-Z])$/

/**
 * Our number for an order at a gateway: the payment session's ULID and one character for the attempt, `0`
 * first. 27 characters of `[0-9A-Z]`, the same on every repeat, and within the 32 that gateways allow even
 * where one of them appends a serial number of five digits.
 *
 * @throws RangeError for an id that is not a payment session's, or a 37th attempt
 */
export function orderReference(paymentSessionId: string, attempt: number): string {
  const ulid = sessionId.exec(paymentSessionId)?.[1]
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
  const ulid = sessionId.exec(paymentSessionId)?.[1]
  return ulid === undefined ? [] : [...attempts].map((character) => ulid + character)
}

export type OrderReferenceParts = { sessionId: string; attempt: number }

/** The way back; undefined for anything that is not one of our references. */
export function parseOrderReference(value: string): OrderReferenceParts | undefined {
  const [, ulid, character] = reference.exec(value) ?? []
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
