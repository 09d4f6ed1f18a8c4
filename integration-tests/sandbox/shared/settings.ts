import { parseHttpUrl } from "./server"

/** The settings with a change: what is `undefined` in it stays as it is. */
export function changed<Settings extends object>(
  settings: Settings,
  change: Partial<Settings>
): Settings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return { ...settings, ...Object.fromEntries(given) }
}

/** @throws {Error} for an address, called `what`, at which nothing can be reached; there may be none. */
export function requireHttpUrl(what: string, url: string | null | undefined): void {
  if (typeof url === "string" && !parseHttpUrl(url)) {
    throw new Error(`${what} must be an http(s) URL, not "${url}"`)
  }
}
