import type { ReactNode } from "react"
import { Link } from "react-router-dom"

/** Leads from a list to a row's page, also without a mouse; a click on it is not the row's, which would open it twice. */
export function RowLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link
      to={to}
      onClick={(event) => event.stopPropagation()}
      className="txt-compact-small text-ui-fg-base block truncate underline"
    >
      {children}
    </Link>
  )
}
