import { createHash, timingSafeEqual } from "node:crypto"

export type DigestAlgorithm = "md5" | "sha1" | "sha256"

/** How a digest is written in a header or a field; `base64-of-hex` is base64 of the hex text. */
export type DigestEncoding = "base64" | "hex" | "base64-of-hex"

/**
 * The digest of all parts one after the other; texts are taken as UTF-8. Raw bodies go in as they
 * came: they are never decoded and never copied into a longer text.
 */
export function digest(
  algorithm: DigestAlgorithm,
  parts: readonly (string | Uint8Array)[]
): Buffer {
  const hash = createHash(algorithm)
  for (const part of parts) {
    // Two calls, because the overloads of update take either a text or bytes.
    if (typeof part === "string") {
      hash.update(part, "utf8")
    } else {
      hash.update(part)
    }
  }
  return hash.digest()
}

/**
 * Whether `received` is the expected digest, in constant time over the decoded bytes.
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
  const decoded = decode(received, encoding, expected.length)
  return decoded !== undefined && timingSafeEqual(decoded, expected)
}

function decode(text: string, encoding: DigestEncoding, bytes: number): Buffer | undefined {
  switch (encoding) {
    case "hex":
      return decodeHex(text, bytes)
    case "base64":
      return decodeBase64(text, bytes)
    case "base64-of-hex": {
      const hex = decodeBase64(text, bytes * 2)
      return hex && decodeHex(hex.toString("latin1"), bytes)
    }
  }
}

const HEX = /^[0-9a-f]*$/i

function decodeHex(text: string, bytes: number): Buffer | undefined {
  return text.length === bytes * 2 && HEX.test(text) ? Buffer.from(text, "hex") : undefined
}

function decodeBase64(text: string, bytes: number): Buffer | undefined {
  if (text.length !== Math.ceil(bytes / 3) * 4) {
    return undefined
  }
  const decoded = Buffer.from(text, "base64")
  // Node's decoder skips what it does not know; only the one text that these bytes encode to is
  // accepted. This compares the stranger's text with itself, so its timing tells nothing.
  return decoded.length === bytes && decoded.toString("base64") === text ? decoded : undefined
}
