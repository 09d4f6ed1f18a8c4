import { randomInt } from "node:crypto"
import fc from "fast-check"

/** DEEP_SEED repeats an earlier run. */
export function seedOfRun(): number {
  const given = process.env.DEEP_SEED
  const seed = given === undefined ? randomInt(2 ** 31 - 1) : Number(given)
  if (!Number.isInteger(seed)) {
    throw new RangeError(`DEEP_SEED is a whole number, not "${given}"`)
  }
  return seed
}

export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const arbitrary = fc.shuffledSubarray([...items], { minLength: items.length })
  return fc.sample(arbitrary, { seed, numRuns: 1 })[0] ?? []
}
