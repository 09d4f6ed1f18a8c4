/** The middle of a set of values, and the two quartiles between which half of them lie. */
export type Summary = { median: number; low: number; high: number }

/** @throws RangeError for no values, or for one that is not a number: neither has a middle */
export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b)
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
  }
}

/**
 * How many times as much `values` are as `others`, round by round: what slows a whole round down
 * slows both and leaves their ratio alone. The median of the ratios, not the ratio of the medians.
 *
 * @throws RangeError where the two are not of the same rounds
 */
export function summarizeRatios(values: readonly number[], others: readonly number[]): Summary {
  if (values.length !== others.length) {
    throw new RangeError(`${values.length} rounds can't be compared with ${others.length}`)
  }
  return summarize(values.map((value, round) => value / (others[round] ?? NaN)))
}

/** The least of the values, which is what something takes where nothing else disturbs it. @throws RangeError for no values */
export function least(values: readonly number[]): number {
  if (values.length === 0) {
    throw new RangeError("There is no least of no values")
  }
  return Math.min(...values)
}

/** Between two values it lies on the straight line that joins them. */
function quantile(sorted: readonly number[], part: number): number {
  const position = part * (sorted.length - 1)
  const below = sorted[Math.floor(position)]
  const above = sorted[Math.ceil(position)]
  if (below === undefined || above === undefined || sorted.some(Number.isNaN)) {
    throw new RangeError("There is no middle of no values or of values that are not numbers")
  }
  return below + (above - below) * (position - Math.floor(position))
}
