import { Container, Copy, Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { Link } from "react-router-dom"
import { formatTime } from "../lib/format"
import { useWords } from "../lib/words"

/**
 * A part of a page with its heading.
 *
 * @param isPage it is the page's first part: its heading names the page
 * @param subtitle what it shows, in a sentence
 * @param actions buttons, or what stands beside the heading
 */
export function Section({
  title,
  subtitle,
  actions,
  isPage = false,
  children,
}: {
  title: string
  subtitle?: string
  actions?: ReactNode
  isPage?: boolean
  children?: ReactNode
}) {
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-col gap-3 px-6 py-4 md:flex-row md:items-start md:justify-between">
        <div className="min-w-0 max-w-full">
          <Heading level={isPage ? "h1" : "h2"} className="break-words">
            {title}
          </Heading>
          {subtitle !== undefined && (
            <Text size="small" className="text-ui-fg-subtle break-words">
              {subtitle}
            </Text>
          )}
        </div>
        {actions !== undefined && (
          <div className="flex shrink-0 flex-wrap items-center gap-2">{actions}</div>
        )}
      </div>
      {children}
    </Container>
  )
}

/** From one thing's page to the list of all. */
export function BackLink({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className="txt-compact-small text-ui-fg-base underline">
      {children}
    </Link>
  )
}

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

/** A number or an address that people copy, such as a reference. */
export function CopyFact({ label, value }: { label: string; value: string }) {
  return (
    <Fact label={label} copies={value}>
      <span className="break-all">{value}</span>
    </Fact>
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

/** A step of something's life: what was done, by whom, and in their or a gateway's words why. */
export type Moment = {
  key: string
  at: string
  what: string
  who?: string | undefined
  note?: string | null | undefined
}

/** What happened, the newest first. */
export function Moments({ title, moments }: { title: string; moments: readonly Moment[] }) {
  const { language } = useWords()
  const newestFirst = [...moments].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  return (
    <section className="flex flex-col gap-y-3 px-6 py-4" aria-label={title}>
      <Text size="small" leading="compact" weight="plus">
        {title}
      </Text>
      <ol className="flex flex-col gap-y-3">
        {newestFirst.map(({ key, at, what, who, note }) => (
          <li key={key} className="border-ui-border-strong border-l-2 pl-3">
            <Text size="small" leading="compact" className="break-words">
              {who === undefined ? what : `${what} · ${who}`}
            </Text>
            {note && (
              <Text size="small" className="text-ui-fg-subtle break-words">
                {note}
              </Text>
            )}
            <Text size="xsmall" className="text-ui-fg-subtle">
              {formatTime(at, language)}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  )
}
