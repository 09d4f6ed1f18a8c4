import { createHash } from "node:crypto"

/**
 * What is base64 encoded: the 32 bytes of the digest, or its 64 hexadecimal letters. Mocasa's page ("Signature
 * Verification") says "SHA-256, and then base64 encoded", which leaves both readings open.
 * Assumption: the bytes.
 */
export type SignatureEncoding = "base64" | "base64-of-hex"

export interface Signed {
  /** The order's number, or the transfer's. */
  readonly reference: string
  readonly txStatus: string
}

/** Mocasa, Webhook: `sha256(orderNo|txStatus|secret)`. The amount is not part of it. */
export function signWebhook(
  { reference, txStatus }: Signed,
  secret: string,
  encoding: SignatureEncoding
): string {
  const hash = createHash("sha256").update(`${reference}|${txStatus}|${secret}`, "utf8")
  switch (encoding) {
    case "base64":
      return hash.digest("base64")
    case "base64-of-hex":
      return Buffer.from(hash.digest("hex"), "ascii").toString("base64")
  }
}
