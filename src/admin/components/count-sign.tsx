import type { ReactNode } from "react"

/**
 * The sign of a page in the sidebar, which is a number while something waits there. Medusa gives it 15 pixels, and reads its
 * text before the page's name.
 *
 * @param told what the number means, for who does not see it
 */
export function CountSign({
  count,
  told,
  children,
}: {
  count: number
  told: string
  /** The sign while nothing waits. */
  children: ReactNode
}) {
  if (count === 0) {
    return children
  }
  return (
    <span className="bg-ui-tag-red-icon text-ui-fg-on-color flex h-[15px] w-[15px] items-center justify-center text-[9px] font-medium leading-none">
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="sr-only">{told}</span>
    </span>
  )
}
