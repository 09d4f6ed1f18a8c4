import { createHash, hash, timingSafeEqual } from "node:crypto"

export type DigestAlgorithm = "md5" | "sha1" | "sha256"

/** How a digest is written in a header or a field; `base64-of-hex` is base64 of the hex text. */
export type DigestEncoding = "base64" | "hex" | "base64-of-hex"

/**
 * The digest of all parts one after the other; texts are taken as UTF-8. Raw bodies go in as they
 * came: they are never decoded.
 */
export function digest(algorithm: DigestAlgorithm, parts: DigestParts): Buffer {
  // By way of a text: the buffer that OpenSSL's binding makes costs more than the digest of a short text.
  return Buffer.from(digestText(algorithm, parts, "hex"), "hex")
}

type DigestParts = readonly (string | Uint8Array)[]

function digestText(
  algorithm: DigestAlgorithm,
  parts: DigestParts,
  encoding: "base64" | "hex"
): string {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) {
    return hash(algorithm, only, encoding)
  }
  return atMostBytes(parts) <= workspace.length
    ? digestOfJoined(algorithm, parts, encoding)
    : digestOfEach(algorithm, parts, encoding)
}

/** The parts are put together here, as large as messages mostly are, and wiped as soon as their digest is made. */
const workspace = Buffer.alloc(8_192)

/** The most bytes that one unit of a text takes in UTF-8. */
const mostBytesOfUnit = 3

function atMostBytes(parts: DigestParts): number {
  let bytes = 0
  for (const part of parts) {
    bytes += typeof part === "string" ? part.length * mostBytesOfUnit : part.length
  }
  return bytes
}

/** In one call: the object that `createHash` makes costs as much as the digest of a kilobyte, with its end. */
function digestOfJoined(
  algorithm: DigestAlgorithm,
  parts: DigestParts,
  encoding: "base64" | "hex"
): string {
  let end = 0
  for (const part of parts) {
    if (typeof part === "string") {
      end += workspace.write(part, end, "utf8")
    } else {
      workspace.set(part, end)
      end += part.length
    }
  }
  try {
    return hash(algorithm, workspace.subarray(0, end), encoding)
  } finally {
    workspace.fill(0, 0, end)
  }
}

function digestOfEach(
  algorithm: DigestAlgorithm,
  parts: DigestParts,
  encoding: "base64" | "hex"
): string {
  const whole = createHash(algorithm)
  for (const part of parts) {
    // Two calls, because the overloads of update take either a text or bytes.
    if (typeof part === "string") {
      whole.update(part, "utf8")
    } else {
      whole.update(part)
    }
  }
  return whole.digest(encoding)
}

/**
 * Whether `received` is the digest of all parts, as `digestEquals` has it. It costs half as much as making the digest's
 * bytes first: a message is mostly refused or taken by this alone.
 */
export function isDigestOf(
  parts: DigestParts,
  received: unknown,
  { algorithm, encoding }: { algorithm: DigestAlgorithm; encoding: DigestEncoding }
): boolean {
  if (typeof received !== "string") {
    return false
  }
  switch (encoding) {
    case "hex":
      return textEquals(digestText(algorithm, parts, "hex"), received.toLowerCase())
    case "base64":
      return textEquals(digestText(algorithm, parts, "base64"), received)
    case "base64-of-hex":
      return digestEquals(digest(algorithm, parts), received, encoding)
  }
}

/**
 * Whether `received` is the expected digest, as the one text in that encoding, in constant time.
 *
 * Total: whatever a header or a field holds (nothing, a list, a number, a wrong alphabet, base64
 * that is not the canonical text of its bytes) is false, never a throw. Hex in either case.
 */
export function digestEquals(
  expected: Buffer,
  received: unknown,
  encoding: DigestEncoding
): boolean {
  if (typeof received !== "string" || expected.length === 0) {
    return false
  }
  switch (encoding) {
    case "hex":
      return textEquals(expected.toString("hex"), received.toLowerCase())
    case "base64":
      return textEquals(expected.toString("base64"), received)
    case "base64-of-hex": {
      const hex = expected.toString("hex")
      return [hex, hex.toUpperCase()].some((text) =>
        textEquals(Buffer.from(text).toString("base64"), received)
      )
    }
  }
}

/** As UTF-8, so that no other letter counts as one of the expected, which are ASCII. */
function textEquals(expected: string, received: string): boolean {
  if (received.length !== expected.length) {
    return false
  }
  const bytes = Buffer.from(received, "utf8")
  return bytes.length === expected.length && timingSafeEqual(bytes, Buffer.from(expected, "utf8"))
}
