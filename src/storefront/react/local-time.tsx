import { useSyncExternalStore, type ReactElement } from "react"

/**
 * A moment as the shopper's clock shows it. The server does not know the shopper's time zone, so it writes UTC, which
 * keeps the place and is not shown: nothing jumps, and nothing wrong is read.
 */
export function LocalTime({ at, lang }: { at: string; lang: string }): ReactElement {
  const isHydrated = useSyncExternalStore(never, isInBrowser, isOnServer)
  return (
    <time dateTime={at} style={isHydrated ? undefined : { visibility: "hidden" }}>
      {timeOf(at, lang, isHydrated ? undefined : "UTC")}
    </time>
  )
}

function timeOf(at: string, lang: string, timeZone: string | undefined): string {
  const format = { dateStyle: "medium", timeStyle: "short", timeZone } as const
  return new Intl.DateTimeFormat(lang, format).format(new Date(at))
}

const never = () => () => {}
const isInBrowser = () => true
const isOnServer = () => false
