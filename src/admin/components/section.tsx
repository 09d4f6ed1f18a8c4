import { Container, Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"

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
