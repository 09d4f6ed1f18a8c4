import { useSearchParams } from "react-router-dom"

/** The row of a list that is open in its drawer, by the page's address: a link leads somebody else to the same one. */
export function useOpenedRow(): { opened: string | null; open: (id: string | null) => void } {
  const [params, setParams] = useSearchParams()
  return {
    opened: params.get("open"),
    open: (id) =>
      setParams((before) => {
        const after = new URLSearchParams(before)
        after.delete("open")
        if (id !== null) {
          after.set("open", id)
        }
        return after
      }),
  }
}
