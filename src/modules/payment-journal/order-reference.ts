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

export type OrderReferenceParts = { sessionId: string; attempt: number }

/** The way back; undefined for anything that is not one of our references. */
export function parseOrderReference(value: string): OrderReferenceParts | undefined {
  const [, ulid, character] = reference.exec(value) ?? []
  if (ulid === undefined || character === undefined) {
    return undefined
  }
  return { sessionId: `payses_${ulid}`, attempt: attempts.indexOf(character) }
}
