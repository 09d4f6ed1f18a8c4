import { digest } from "../shared/digest"
import type { Secret } from "../shared/secret"

/**
 * Assumption: MD5, as the vendor's chapter on the signature says and its worked example confirms. The
 * signatures in the examples of its calls are 20 bytes long, which is SHA-1: a shop whose every call is
 * refused can choose that.
 */
export type MocopaySignatureAlgorithm = "md5" | "sha1"

export type MocopayCredentials = {
  apiKey: string
  secret: Secret
  /**
   * What stands before the key in the header. Assumption: `ApiKey`, as in the examples of the vendor's calls;
   * its chapter on the signature shows none.
   */
  signaturePrefix: string
  signatureAlgorithm: MocopaySignatureAlgorithm
}

/**
 * The digest that signs a call: of the secret and the request's path and query (MoCoPay, "Calculating
 * signature").
 *
 * Assumption: path and query are signed as they are sent, percent-encoding included, and nothing is put
 * between the two but the `?`; the vendor's worked example has a slash there because its address has one.
 */
export function requestDigest(
  target: string,
  { secret, signatureAlgorithm }: Pick<MocopayCredentials, "secret" | "signatureAlgorithm">
): Buffer {
  return digest(signatureAlgorithm, [secret.reveal(), target])
}

/** The value of the header `Signature`: `ApiKey <key>:<base64 of the digest>`. */
export function signatureHeader(target: string, credentials: MocopayCredentials): string {
  const signature = requestDigest(target, credentials).toString("base64")
  const prefix = credentials.signaturePrefix === "" ? "" : `${credentials.signaturePrefix} `
  return `${prefix}${credentials.apiKey}:${signature}`
}

/**
 * The parameters in the order in which they are signed, and therefore sent: by name, in strict ASCII order
 * (MoCoPay, "Calculating signature"). What is absent is left out.
 */
export function sortedQuery(
  parameters: Readonly<Record<string, string | undefined>>
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters)
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
  )
}
