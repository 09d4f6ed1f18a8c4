import { MedusaError } from "@medusajs/framework/utils"
import fc from "fast-check"
import { hostileText, unstorableIn } from "./hostile-text"
import type { StrangersReader } from "./readers"

/** What Medusa answers by a 4xx; all else that is thrown is a 500. */
const refusals: readonly string[] = [
  MedusaError.Types.INVALID_DATA,
  MedusaError.Types.NOT_ALLOWED,
  MedusaError.Types.NOT_FOUND,
]

/**
 * Gives a reader so many texts and holds it to an answer each time: it reads the text, and keeps nothing that a
 * database does not, or refuses it by a 4xx.
 *
 * @throws Error with the text as fast-check shrank it, and the seed that repeats it
 */
export function fuzz(
  reader: StrangersReader,
  { runs, seed }: { runs: number; seed: number }
): void {
  fc.assert(
    fc.property(hostileText, (text) => {
      const kept = keptBy(reader, text)
      const odd = unstorableIn(kept)
      if (odd !== undefined) {
        throw new Error(`${reader.name} keeps ${JSON.stringify(odd)}`)
      }
    }),
    { numRuns: runs, seed }
  )
}

function keptBy(reader: StrangersReader, text: string): unknown {
  try {
    return reader.read(text.slice(0, reader.most))
  } catch (error) {
    if (error instanceof MedusaError && refusals.includes(error.type)) {
      return undefined
    }
    throw error
  }
}
