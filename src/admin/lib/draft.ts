import { useCallback, useState } from "react"

/**
 * What somebody types, kept in this tab until it is sent: it is there again after their login ended in the middle, a
 * reload, or a click beside the drawer.
 *
 * @param key what it is about, such as `exception:gwexc_1:note`
 * @returns the text, what changes it, and what forgets it
 */
export function useDraft(key: string): [string, (text: string) => void, () => void] {
  const place = `regional-payments:draft:${key}`
  const [text, setText] = useState(() => sessionStorage.getItem(place) ?? "")
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
