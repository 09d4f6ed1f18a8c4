/** What the address says to which the store led the shopper back from the gateway. */
export type ReturnedPayment = {
  /** Of the payment; the store is asked about it. */
  sessionId: string
  /** Our reference, for the shopper to name to the shop. */
  reference: string
}

/** A payment session's ULID, and one character for the attempt. */
const referencePattern = /^([0-9A-HJKMNP-TV-Z]{26})[0-9A-Z]$/

/**
 * The payment that the shopper was led back from, by the `payment_reference` that the store puts into the address of
 * the storefront's page; undefined where there is none. It serves where the browser does not have the cart: the shopper
 * began in the browser of another app, or paid on another device. Nobody's data can be read with it.
 *
 * The address's `payment_status` is a hint that anybody can type, and is not read.
 *
 * @param query `location.search`, or what Next.js gives a page as its `searchParams`
 */
export function returnedPayment(
  query: string | Readonly<Record<string, string | readonly string[] | undefined>>
): ReturnedPayment | undefined {
  const given =
    typeof query === "string"
      ? new URLSearchParams(query).get("payment_reference")
      : query.payment_reference
  const reference = typeof given === "string" ? given : undefined
  const ulid = reference && referencePattern.exec(reference)?.[1]
  return reference && ulid ? { sessionId: `payses_${ulid}`, reference } : undefined
}
