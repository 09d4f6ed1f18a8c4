import { useState } from "react"
import { messageOf } from "./error-message"

/** One request at a time that a button sends, with what went wrong in words for the shopper. */
export function useRequest() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const send = async (request: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      await request()
    } catch (error) {
      setProblem(messageOf(error))
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, send }
}
