import { randomFillSync } from "node:crypto"

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const placesOfTime = 10
const random = Buffer.alloc(16)

/**
 * The id of a new row, as Medusa's `generateEntityId` makes them: the prefix and a ULID, which begins with its time. That
 * one asks for randomness letter by letter, and takes as long as the rest of a statement.
 */
export function newId(prefix: string): string {
  let time = Date.now()
  let ulid = ""
  for (let place = 0; place < placesOfTime; place += 1) {
    ulid = alphabet.charAt(time % 32) + ulid
    time = Math.floor(time / 32)
  }
  for (const byte of randomFillSync(random)) {
    ulid += alphabet.charAt(byte % 32)
  }
  return `${prefix}_${ulid}`
}
