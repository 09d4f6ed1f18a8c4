import { useCallback, useState } from "react"

/**
 * What somebody types, kept in this tab until it is sent: it is there again after their login ended in the middle, a
 * reload, or a click beside the drawer.
 *
 * @param key what it is about, such as `exception:gwexc_1:note`
 * @param beginning what stands there before anything was typed; a function is called once, and its answer kept
 * @returns the text, what changes it, and what forgets it
 */
export function useDraft(
  key: string,
  beginning: string | (() => string) = ""
): [string, (text: string) => void, () => void] {
  const place = `regional-payments:draft:${key}`
  const [text, setText] = useState(() => {
    const kept = sessionStorage.getItem(place)
    if (kept !== null) {
      return kept
    }
    if (typeof beginning === "string") {
      return beginning
    }
    const made = beginning()
    sessionStorage.setItem(place, made)
    return made
  })
  const change = useCallback(
    (next: string) => {
      setText(next)
      sessionStorage.setItem(place, next)
    },
    [place]
  )
  const forget = useCallback(() => {
    setText("")
    sessionStorage.removeItem(place)
  }, [place])
  return [text, change, forget]
}

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
