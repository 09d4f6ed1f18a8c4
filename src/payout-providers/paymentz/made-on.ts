const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const timeLength = 10

/**
 * The day on which a transfer was made, such as `2030-01-31`, by the ULID in its reference, whose first ten
 * characters are a time. It is sent on that day or later.
 */
export function madeOn(reference: string): string {
  const ms = [...reference.slice(1, 1 + timeLength)].reduce(
    (time, character) => time * alphabet.length + alphabet.indexOf(character),
    0
  )
  return new Date(ms).toISOString().slice(0, 10)
}
