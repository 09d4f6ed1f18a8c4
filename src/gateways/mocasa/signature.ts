import { digest, isDigestOf } from "../shared/digest"
import type { Secret } from "../shared/secret"

/**
 * How the digest is written. Assumption: base64 of the 32 bytes, as other gateways of this kind do it; the
 * steps of the vendor's page can also be read as base64 of the digest's hexadecimal text.
 */
export type MocasaSignatureEncoding = "base64" | "base64-of-hex"

type SignedFields = { orderNo: string; txStatus: string }

/** The digest under a webhook: SHA-256 of `orderNo|txStatus|secret` (Mocasa, "Signature Verification"). */
export function webhookDigest(orderNo: string, txStatus: string, secret: Secret): Buffer {
  return digest("sha256", [signedText({ orderNo, txStatus }, secret)])
}

function signedText({ orderNo, txStatus }: SignedFields, secret: Secret): string {
  return `${orderNo}|${txStatus}|${secret.reveal()}`
}

/**
 * Whether the `signature` header is Mocasa's. The amount is not signed: a true signature says which order
 * to ask about and nothing else.
 *
 * @param secrets more than one while a secret is being changed
 */
export function isSignedByMocasa(
  signed: SignedFields,
  signature: unknown,
  secrets: readonly Secret[],
  encoding: MocasaSignatureEncoding
): boolean {
  return secrets.some((secret) =>
    isDigestOf([signedText(signed, secret)], signature, { algorithm: "sha256", encoding })
  )
}
