import { Text } from "@medusajs/ui"
import { formatTime } from "../lib/format"
import { useWords } from "../lib/words"

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
