import { randomInt } from "node:crypto"
import fc from "fast-check"

/** What a build is held to is the same for every commit; whoever runs the specs by hand looks further each time. */
const seedOfBuilds = "43172779"

/** DEEP_SEED repeats an earlier run. */
export function seedOfRun(): number {
  const given = process.env.DEEP_SEED ?? (process.env.CI ? seedOfBuilds : undefined)
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
