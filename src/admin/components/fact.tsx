import { Copy, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { Link } from "react-router-dom"

/** A row of a list of facts: what it is, and the value. `copies` is what a click on the sign beside it copies. */
export function Fact({
  label,
  children,
  copies,
}: {
  label: string
  children: ReactNode
  copies?: string
}) {
  return (
    <div className="grid grid-cols-2 items-start gap-x-4 px-6 py-3">
      <Text size="small" leading="compact" weight="plus" className="text-ui-fg-subtle">
        {label}
      </Text>
      <div className="flex min-w-0 items-start gap-x-1">
        <Text size="small" leading="compact" as="div" className="min-w-0 break-words">
          {children}
        </Text>
        {copies !== undefined && <Copy content={copies} className="text-ui-fg-muted shrink-0" />}
      </div>
    </div>
  )
}

/** The value of a fact that has a page of its own. */
export function FactLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className="text-ui-fg-base underline">
      {children}
    </Link>
  )
}
