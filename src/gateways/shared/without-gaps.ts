/** The fields that are there; what is undefined is left out of a form. */
export function withoutGaps(
  fields: Readonly<Record<string, string | undefined>>
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)
  )
}
