import { Link } from "react-router-dom"

/** From one thing's page to the list of all. */
export function BackLink({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className="txt-compact-small text-ui-fg-base underline">
      {children}
    </Link>
  )
}
