import type { Import } from "./api"

/** How long an import has shown no progress before the API lets a person end it, in milliseconds. */
const idleMs = 60_000

/** Whether an import was left behind, such as by a server that died: it made nothing, and may be ended. */
export function isBrokenOff(
  { status, updated_at }: Pick<Import, "status" | "updated_at">,
  now: number
): boolean {
  const isUnderWay = status === "checking" || status === "making"
  return isUnderWay && now - new Date(updated_at).getTime() > idleMs
}
