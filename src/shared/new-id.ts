import { randomFillSync } from "node:crypto"

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const placesOfTime = 10
const randomPlaces = 16

/** The id of a new row, as Medusa's `generateEntityId` makes them: the prefix and a ULID. */
export function newId(prefix: string): string {
  return `${prefix}_${newUlid()}`
}

/**
 * A ULID, greater than each that this process has made before, so that rows that were written at one time, such as in
 * one transaction, sort by their ids as they were made. Those of `generateEntityId` are in no order within a
 * millisecond; it also asks for randomness letter by letter, and takes as long as the rest of a statement.
 */
export const newUlid = risingUlids({
  now: () => Date.now(),
  fillRandomly: (bytes) => randomFillSync(bytes),
})

/**
 * Makes ULIDs as the specification has them for one millisecond: the random part of the last one, and one more. A clock
 * that was set back counts as one that stands.
 *
 * @param source.now milliseconds
 */
export function risingUlids({
  now,
  fillRandomly,
}: {
  now: () => number
  fillRandomly: (bytes: Uint8Array) => void
}): () => string {
  let lastTime = -1
  let time = ""
  /** One for each letter behind the time, of which the last five bits count. */
  const random = new Uint8Array(randomPlaces)

  const beginAt = (milliseconds: number) => {
    lastTime = milliseconds
    time = textOfTime(milliseconds)
    fillRandomly(random)
  }

  return () => {
    const at = now()
    if (at > lastTime) {
      beginAt(at)
    } else if (!addOne(random)) {
      beginAt(lastTime + 1)
    }
    let ulid = time
    for (const byte of random) {
      ulid += alphabet.charAt(byte % 32)
    }
    return ulid
  }
}

function textOfTime(milliseconds: number): string {
  let rest = milliseconds
  let text = ""
  for (let place = 0; place < placesOfTime; place += 1) {
    text = alphabet.charAt(rest % 32) + text
    rest = Math.floor(rest / 32)
  }
  return text
}

/** @returns false where none is greater */
function addOne(places: Uint8Array): boolean {
  for (let place = places.length - 1; place >= 0; place -= 1) {
    const digit = ((places[place] ?? 0) + 1) % 32
    places[place] = digit
    if (digit !== 0) {
      return true
    }
  }
  return false
}
