/** A file of transfers as somebody dropped it. */
export type PayoutFile = {
  name: string
  /** When it was dropped, in milliseconds: a file of the same name is another one. */
  dropped: number
  /** What the API is given of it. */
  body: { csv: string }
  /** By which the API finds its import: SHA-256 in hex. Undefined where the page was not loaded by https. */
  digest: string | undefined
}

/** As the API takes them, in bytes. */
export const largestFile = 2_000_000

export async function readPayoutFile(file: File, now = Date.now()): Promise<PayoutFile> {
  const csv = await file.text()
  return { name: file.name, dropped: now, body: { csv }, digest: await digestOf(csv) }
}

async function digestOf(text: string): Promise<string | undefined> {
  if (!globalThis.isSecureContext) {
    return undefined
  }
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
