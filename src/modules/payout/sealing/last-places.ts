const mostShown = 4

/** The last places of a number behind dots, for people to recognise it: at most four, and never half of it. */
export function lastPlaces(value: string): string {
  const characters = [...value.trim()]
  const shown = Math.min(mostShown, Math.floor((characters.length - 1) / 2))
  return `••••${shown > 0 ? characters.slice(-shown).join("") : ""}`
}
