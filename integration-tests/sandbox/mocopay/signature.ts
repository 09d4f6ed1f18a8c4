import { createHash } from "node:crypto"

/** Assumption: MD5, which the vendor's text names; its two examples of a header carry 20 bytes, the size of SHA-1. */
export type SignatureAlgorithm = "md5" | "sha1"

/**
 * MoCoPay, Calculating signature: secret, request URI, `?`, and the parameters sorted by name in strict ASCII order;
 * base64 of the digest.
 *
 * Assumption: names and values are signed as they stand in the address, percent-encoding and all.
 *
 * @param target path and query exactly as they were sent
 */
export function sign(
  secret: string,
  target: string,
  algorithm: SignatureAlgorithm = "md5"
): string {
  const [path, query] = split(target)
  const signed = query
    .split("&")
    .filter((parameter) => parameter !== "" && nameOf(parameter) !== "signature")
    .sort((one, other) => compareAscii(nameOf(one), nameOf(other)))
    .join("&")
  return createHash(algorithm).update(`${secret}${path}?${signed}`, "utf8").digest("base64")
}

function split(target: string): readonly [path: string, query: string] {
  const mark = target.indexOf("?")
  return mark === -1 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)]
}

function nameOf(parameter: string): string {
  const [name = ""] = parameter.split("=", 1)
  return name
}

/** Not localeCompare: capitals come before small letters. */
function compareAscii(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
