import type { IncomingMessage } from "node:http"
import { promisify } from "node:util"
import { brotliDecompress, gunzip, inflate } from "node:zlib"

/** Larger than any message of these gateways, as it comes and unpacked. */
const mostBytes = 64 * 1024

type Unpack = (bytes: Buffer) => Promise<Buffer>

const unpackLimits = { maxOutputLength: mostBytes }
const unpackGzip: Unpack = async (bytes) => await promisify(gunzip)(bytes, unpackLimits)
const unpackers: Readonly<Record<string, Unpack>> = {
  "": async (bytes) => bytes,
  identity: async (bytes) => bytes,
  gzip: unpackGzip,
  "x-gzip": unpackGzip,
  deflate: async (bytes) => await promisify(inflate)(bytes, unpackLimits),
  br: async (bytes) => await promisify(brotliDecompress)(bytes, unpackLimits),
}

/** The bytes over which a gateway signs, or why they are not taken; a refusal holds nothing of them. */
export type ReadBody = { bytes: Buffer } | { status: 400 | 413 | 415; message: string }

/**
 * Reads what a gateway sent, whatever its headers call it: some send no Content-Type, or another than their
 * body's. What the bytes are is found out by who reads them, and whose they are by their signature.
 *
 * Medusa's own parser answers and logs a body that it can't read with words of that body, before anybody could
 * ask who sent it; so it is switched off where this reads.
 *
 * @param req with a `rawBody` where Medusa's parser has read it all the same, because the shop's config wants it
 */
export async function readBody(req: IncomingMessage & { rawBody?: unknown }): Promise<ReadBody> {
  const encoding = req.headers["content-encoding"]?.trim().toLowerCase() ?? ""
  const unpack = Object.hasOwn(unpackers, encoding) ? unpackers[encoding] : undefined
  if (!unpack) {
    return { status: 415, message: "Only gzip, deflate and br are unpacked here" }
  }
  if (Number(req.headers["content-length"]) > mostBytes) {
    return tooLarge
  }
  try {
    const bytes = Buffer.isBuffer(req.rawBody) ? req.rawBody : await unpack(await read(req))
    return bytes.length > mostBytes ? tooLarge : { bytes }
  } catch (error) {
    return isTooLarge(error) ? tooLarge : { status: 400, message: "The body can't be read" }
  }
}

const tooLarge = { status: 413, message: "This is more than a notification has to say" } as const

/**
 * What comes after the most is thrown away, and not the connection: the sender has yet to read its answer.
 *
 * @throws TooLargeError, or another where it ends before its end
 */
function read(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const cutShort = () => reject(new Error("The body was cut short"))
    if (req.readableEnded || req.destroyed) {
      return cutShort()
    }
    req.on("data", (chunk: Buffer) => {
      size += chunk.length
      if (size > mostBytes) {
        chunks.length = 0
        reject(new TooLargeError())
      } else {
        chunks.push(chunk)
      }
    })
    req.once("end", () => resolve(Buffer.concat(chunks)))
    req.once("error", cutShort)
    req.once("close", cutShort)
  })
}

const tooLargeCode = "ERR_BUFFER_TOO_LARGE"

/** As Node's own, for what is too large when it is unpacked. */
class TooLargeError extends Error {
  readonly code = tooLargeCode
}

function isTooLarge(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && "code" in error && error.code === tooLargeCode
  )
}
