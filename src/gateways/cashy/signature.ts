import { digest, digestEquals } from "../shared/digest"
import type { Secret } from "../shared/secret"

/**
 * The digest under a message, in either direction: MD5 of the body's exact bytes and the key behind them
 * (Cashy, "Sign"). Not over sorted fields: a body that was read and written again has another one.
 */
function bodyDigest(body: string | Uint8Array, apiKey: Secret): Buffer {
  return digest("md5", [body, apiKey.reveal()])
}

/** The value of the header `Sign`; upper case, as in the vendor's samples. */
export function signHeader(body: string, apiKey: Secret): string {
  return bodyDigest(body, apiKey).toString("hex").toUpperCase()
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
  return apiKeys.some((apiKey) => digestEquals(bodyDigest(rawBody, apiKey), sign, "hex"))
}
