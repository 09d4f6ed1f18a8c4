const reference = /^P[0-9A-HJKMNP-TV-Z]{26}$/

/**
 * What a transfer is called at its gateway: `P` and a ULID, 27 characters. A payment's reference begins with a
 * ULID, whose first character is a digit, so that the two are told apart wherever both come to one address.
 */
export function payoutReference(ulid: string): string {
  const made = `P${ulid}`
  if (!isPayoutReference(made)) {
    throw new RangeError(`"${ulid}" is no ULID`)
  }
  return made
}

export function isPayoutReference(value: string): boolean {
  return reference.test(value)
}
