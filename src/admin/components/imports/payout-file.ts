/** A file of transfers as somebody dropped it. */
export type PayoutFile = {
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

export async function readPayoutFile(file: File, now = Date.now()): Promise<PayoutFile> {
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
