/** The last word is the family's name, as far as one can tell. */
export function nameParts(name: string | undefined): { givenName?: string; surname?: string } {
  const words = name?.trim().split(/\s+/) ?? []
  return words.length < 2
    ? { givenName: words[0] || undefined }
    : { givenName: words.slice(0, -1).join(" "), surname: words.at(-1) }
}
