import { useDraft } from "./draft"

/**
 * An idempotency key that is the same for as long as a form is about the same thing: a retry, a reload and a login in
 * between send it again, so that what was made once is not made twice.
 *
 * @returns the key, and what takes a new one for the next thing
 */
export function useKeptKey(draft: string): [key: string, next: () => void] {
  const [key, setKey] = useDraft(`${draft}:key`, newKey)
  return [key, () => setKey(newKey())]
}

/** Not `randomUUID`, which browsers have for pages of https alone. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
