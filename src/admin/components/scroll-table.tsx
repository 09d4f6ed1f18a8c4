import { Table } from "@medusajs/ui"
import type { ReactNode } from "react"

/**
 * A table that scrolls in itself where it does not fit, also by the keyboard.
 *
 * @param title its name for who can't see it
 * @param columns their headings; a column of numbers has them on the right
 * @param children its rows
 */
export function ScrollTable({
  title,
  columns,
  children,
}: {
  title: string
  columns: readonly { label: string; isNumber?: boolean }[]
  children: ReactNode
}) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={title}>
      <Table>
        <caption className="sr-only">{title}</caption>
        <Table.Header>
          <Table.Row>
            {columns.map(({ label, isNumber = false }) => (
              <Table.HeaderCell
                key={label}
                className={isNumber ? "whitespace-nowrap text-right" : "whitespace-nowrap"}
              >
                {label}
              </Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Header>
        <Table.Body>{children}</Table.Body>
      </Table>
    </div>
  )
}
