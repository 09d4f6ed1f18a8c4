/** What one run of the reconciliation came to. Orders and moves of money are counted alike. */
export type RunCounts = {
  /** Asked about, or found to be booked since. */
  checked: number
  /** Brought to its good end by this run: paid and booked, or a refund or capture that had been made. */
  settled: number
  /** Found to have failed, expired or been canceled by this run. */
  failed: number
  /** Money that came and pays for no order. */
  unmatched: number
  /** Paid, and taken back by the shopper's bank. */
  chargebacks: number
  /** Could not be asked about, or not be booked: tried again later. */
  errors: number
  /** Still not known when the gateway can't settle it any more: left alone from now on. */
  given_up: number
}

export const nothingCounted: Readonly<RunCounts> = {
  checked: 0,
  settled: 0,
  failed: 0,
  unmatched: 0,
  chargebacks: 0,
  errors: 0,
  given_up: 0,
}
