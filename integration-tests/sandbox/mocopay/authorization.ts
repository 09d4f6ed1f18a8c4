import { timingSafeEqual } from "node:crypto"
import type { SandboxRequest } from "../shared/http-message"
import type { MocopayCredentials } from "./context"
import { Refusal } from "./refusal"
import type { MocopaySettings } from "./settings"
import { sign } from "./signature"

/**
 * MoCoPay, Calculating signature: the header `Signature`, or the parameter `signature` in its place.
 * Assumption: the parameter holds what stands behind the header's prefix, and one of the two must be there alone.
 *
 * @throws {Refusal}
 */
export function checkSignature(
  request: SandboxRequest,
  { apiKey, secret }: MocopayCredentials,
  { signaturePrefix, signatureAlgorithm }: MocopaySettings
): void {
  const header = request.headers["signature"]
  const [parameter, ...others] = request.query.getAll("signature")
  if (header === undefined && parameter === undefined) throw new Refusal("SIGNATURE_MISSING")
  const expected = `${apiKey}:${sign(secret, request.target, signatureAlgorithm)}`
  const isValid =
    parameter === undefined
      ? isSame(header, signaturePrefix + expected)
      : header === undefined && others.length === 0 && isSame(parameter, expected)
  if (!isValid) throw new Refusal("SIGNATURE_INVALID")
}

function isSame(given: string | readonly string[] | undefined, expected: string): boolean {
  if (typeof given !== "string") return false
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
