/** What a keyboard scanner has sent so far, and when its last key came, in milliseconds. */
export type KeyRun = { text: string; at: number }

export const noKeys: KeyRun = { text: "", at: 0 }

/**
 * A scanner sends its keys faster than people type, in milliseconds from key to key; a wireless one takes its time.
 * Whoever typed a whole code as fast, and into no field, meant it.
 */
const fastestTypingMs = 200

/**
 * Reads keys of a keyboard scanner, which ends a code with Enter, whatever has the focus.
 *
 * @returns the run with this key, and the code where it is complete
 */
export function readKey(run: KeyRun, key: string, at: number): { run: KeyRun; code?: string } {
  const isFast = at - run.at <= fastestTypingMs
  if (key === "Enter") {
    const code = isFast ? codeIn(run.text) : undefined
    return { run: noKeys, ...(code ? { code } : {}) }
  }
  if (!/^\d$/.test(key)) {
    return { run: key.length === 1 ? noKeys : run } // of Shift and the like nothing is read
  }
  return { run: { text: isFast ? run.text + key : key, at } }
}

/**
 * The code in a text that was scanned or typed: digits, in groups as some people type them. Which of them a wallet
 * shows, the shop's server decides.
 */
export function codeIn(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, "")
  return /^\d{17,24}$/.test(digits) ? digits : undefined
}
