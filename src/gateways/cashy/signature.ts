import { digest, isDigestOf } from "../shared/digest"
import type { Secret } from "../shared/secret"

/**
 * What the digest under a message is made of, by MD5 and in either direction: the body's exact bytes and the key behind
 * them (Cashy, "Sign"). Not sorted fields: a body that was read and written again has another one.
 */
function signedParts<Body extends string | Uint8Array>(body: Body, apiKey: Secret): [Body, string] {
  return [body, apiKey.reveal()]
}

/** The value of the header `Sign`; upper case, as in the vendor's samples. */
export function signHeader(body: string, apiKey: Secret): string {
  return digest("md5", signedParts(body, apiKey)).toString("hex").toUpperCase()
}

/**
 * Whether the `Sign` of a callback is Cashy's, in capitals or not.
 *
 * @param apiKeys more than one while a key is being changed
 */
export function isSignedByCashy(
  rawBody: Uint8Array,
  sign: unknown,
  apiKeys: readonly Secret[]
): boolean {
  return apiKeys.some((apiKey) =>
    isDigestOf(signedParts(rawBody, apiKey), sign, { algorithm: "md5", encoding: "hex" })
  )
}
