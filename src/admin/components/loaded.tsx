import { Skeleton } from "@medusajs/ui"
import type { UseQueryResult } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { Problem } from "./problem"

/**
 * What was asked for, as soon as it is there: until then a shape of it, or why it could not be loaded. What was loaded
 * once stays, whatever becomes of the next question.
 *
 * @param skeleton the height of what is to come, such as `h-40`
 */
export function Loaded<Data>({
  answer: { data, error, refetch },
  skeleton = "h-40",
  children,
}: {
  answer: Pick<UseQueryResult<Data>, "data" | "error" | "refetch">
  skeleton?: string
  children: (data: Data) => ReactNode
}) {
  if (data !== undefined) {
    return children(data)
  }
  if (error) {
    return <Problem error={error} retry={() => void refetch()} />
  }
  return (
    <div className="p-6" aria-busy="true">
      <Skeleton className={skeleton} />
    </div>
  )
}
