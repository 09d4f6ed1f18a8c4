/**
 * What one of a gateway's words means, by the table that lists them all. Only rows of the table count: a
 * word such as `constructor`, which every JavaScript object knows, means nothing.
 */
export function meaningOf<Meaning>(
  table: Readonly<Record<string, Meaning>>,
  word: string | null | undefined
): Meaning | undefined {
  return typeof word === "string" && Object.hasOwn(table, word) ? table[word] : undefined
}
