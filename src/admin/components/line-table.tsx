import { Heading, Table } from "@medusajs/ui"
import { type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import { useWords } from "../lib/words"

const shownAtOnce = 25

/**
 * What is said of lines of a file, a page of them at a time.
 *
 * @param actions beside the heading
 */
export function LineTable({
  title,
  said,
  actions,
}: {
  title: string
  said: readonly { line: number | null; what: ReactNode }[]
  actions?: ReactNode
}) {
  const { t } = useWords()
  const { t: medusas } = useTranslation()
  const [wanted, setPage] = useState(0)
  const pageCount = Math.ceil(said.length / shownAtOnce)
  const page = Math.min(wanted, pageCount - 1) // fewer lines since the file was mended
  if (said.length === 0) {
    return null
  }
  const hasLines = said.some(({ line }) => line !== null)
  const shown = said.slice(page * shownAtOnce, (page + 1) * shownAtOnce)
  return (
    <section aria-label={title}>
      <div className="flex flex-wrap items-center justify-between gap-2 px-6 py-4">
        <Heading level="h3">{title}</Heading>
        {actions}
      </div>
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={title}>
        <Table>
          <caption className="sr-only">{title}</caption>
          <Table.Header>
            <Table.Row>
              {hasLines && (
                <Table.HeaderCell className="w-20">{t("imports.line")}</Table.HeaderCell>
              )}
              <Table.HeaderCell>{t("imports.said")}</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {shown.map(({ line, what }, place) => (
              <Table.Row key={`${line} ${place}`}>
                {hasLines && (
                  <Table.Cell className="h-auto py-3 align-top tabular-nums">{line}</Table.Cell>
                )}
                <Table.Cell className="h-auto min-w-[220px] whitespace-pre-line break-words py-3 align-top">
                  {what}
                </Table.Cell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </div>
      {pageCount > 1 && (
        <div className="[&>div]:flex-wrap">
          <Table.Pagination
            count={said.length}
            pageSize={shownAtOnce}
            pageIndex={page}
            pageCount={pageCount}
            canPreviousPage={page > 0}
            canNextPage={page < pageCount - 1}
            previousPage={() => setPage(page - 1)}
            nextPage={() => setPage(page + 1)}
            translations={{
              of: medusas("general.of"),
              results: medusas("general.results"),
              pages: medusas("general.pages"),
              prev: medusas("general.prev"),
              next: medusas("general.next"),
            }}
          />
        </div>
      )}
    </section>
  )
}

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
