/** Cashy, "Create Payin Order": a string(32). */
const longest = 32

/** A remark as Cashy takes it. It decides nothing, so that what is too long is cut. */
export function remarkOf(text: string): string {
  return [...text].slice(0, longest).join("")
}
