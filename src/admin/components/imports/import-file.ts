import type { Import, ImportCheck } from "./api"

/** A file of transfers as somebody dropped it. */
export type DroppedFile = {
  name: string
  /** When it was dropped, in milliseconds: a file of the same name is another one. */
  dropped: number
  /** What the API is given of it. */
  body: { file: string }
  /** By which the API finds its import: SHA-256 in hex. Undefined where the page was not loaded by https. */
  digest: string | undefined
}

/** As the API takes them, in bytes. */
export const largestFile = 2_000_000

export async function readDroppedFile(file: File, now = Date.now()): Promise<DroppedFile> {
  const bytes = await file.arrayBuffer()
  return {
    name: file.name,
    dropped: now,
    body: { file: base64Of(bytes) },
    digest: await digestOf(bytes),
  }
}

/** As many bytes as a call takes arguments, with room to spare. */
const atOnce = 32_768

/** The bytes as they are: which encoding they are in is for the server to find out, or to refuse. */
function base64Of(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer)
  let binary = ""
  for (let start = 0; start < bytes.length; start += atOnce) {
    binary += String.fromCharCode(...bytes.subarray(start, start + atOnce))
  }
  return btoa(binary)
}

async function digestOf(bytes: ArrayBuffer): Promise<string | undefined> {
  if (!globalThis.isSecureContext) {
    return undefined
  }
  const digest = await crypto.subtle.digest("SHA-256", bytes)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** What somebody said of a file after its check. */
type SaidOfFile = {
  /** The lines that are wrong may be left out. */
  allowsPart: boolean
  /** They looked at the import that made the very same lines: they are to be paid once more. */
  paysAgain: boolean
}

/** Whether a file that was checked can be imported as it stands. */
export function mayImport(
  { sums, problems, imported_before }: Pick<ImportCheck, "sums" | "problems" | "imported_before">,
  { allowsPart, paysAgain }: SaidOfFile
): boolean {
  const makesSomething = sums.some(({ count }) => count > 0)
  const isWhole = problems.length === 0 || allowsPart
  const isNew = imported_before === null || paysAgain
  return makesSomething && isWhole && isNew
}

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
