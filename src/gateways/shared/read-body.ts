import type { Readable } from "node:stream"

/** The code of the error for a body that is larger than allowed. */
export const ANSWER_TOO_LARGE = "ERR_ANSWER_TOO_LARGE"

/**
 * The whole body of at most `maxBytes` (after unpacking). As soon as it is known to be larger the
 * stream is destroyed: the rest is neither kept nor received.
 *
 * @param announcedBytes the Content-Length, where there is one
 * @param onPart called for each part of it that comes
 * @throws the stream's error, or one of our own where it is too large or ends before its end
 */
export function readBody(
  stream: Readable,
  maxBytes: number,
  announcedBytes: string | undefined,
  onPart: () => void
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    // Stays for good: a stream may report an error after it was given up.
    stream.on("error", reject)
    stream.once("close", () => {
      if (!stream.readableEnded) {
        reject(new Error("closed before its end"))
      }
    })
    if (Number(announcedBytes) > maxBytes) {
      stream.destroy(tooLarge())
      return
    }
    stream.on("data", (chunk: Buffer) => {
      onPart()
      bytes += chunk.length
      if (bytes > maxBytes) {
        stream.destroy(tooLarge())
      } else {
        chunks.push(chunk)
      }
    })
    stream.once("end", () => {
      const [only] = chunks
      resolve(only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks, bytes))
    })
  })
}

function tooLarge(): Error {
  return Object.assign(new Error("larger than allowed"), { code: ANSWER_TOO_LARGE })
}
