import { useEffect, useState } from "react"

/** What somebody types, once they have typed nothing for a moment: what is searched for by it. */
export function useCalm(value: string, calmMs = 300): string {
  const [calm, setCalm] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setCalm(value.trim()), calmMs)
    return () => clearTimeout(timer)
  }, [value, calmMs])
  return calm
}
