import { useRef, useState, type ReactElement } from "react"
import type { PaymentWords } from "../words/words"

/** A code to pay with, and a button that copies it. */
export function CopiedCode({ code, words }: { code: string; words: PaymentWords }): ReactElement {
  const element = useRef<HTMLElement>(null)
  const [said, setSaid] = useState("")

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code)
      setSaid(words.copied)
    } catch {
      // Not allowed, as in the browsers of many apps, or no clipboard, as on a page without HTTPS.
      if (element.current) {
        window.getSelection()?.selectAllChildren(element.current)
      }
      setSaid(words.copyByHand)
    }
  }

  return (
    <>
      <code ref={element} className="payment-action__code" dir="ltr">
        {code}
      </code>
      <button type="button" className="payment-action__button" onClick={() => void copy()}>
        {words.copyCode}
      </button>
      <p className="payment-action__hint" role="status">
        {said}
      </p>
    </>
  )
}
