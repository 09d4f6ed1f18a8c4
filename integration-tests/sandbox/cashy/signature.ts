import { createHash } from "node:crypto"

/** Cashy's Sign: MD5, in upper-case hexadecimal, of the very bytes of the body and the apiKey behind them. */
export function sign(body: string | Buffer, apiKey: string): string {
  return createHash("md5").update(body).update(apiKey, "utf8").digest("hex").toUpperCase()
}

/** Assumption: the vendor's samples are in upper case, clients that work send lower case, so both are right. */
export function isSignOf(given: string, body: Buffer, apiKey: string): boolean {
  return given.toUpperCase() === sign(body, apiKey)
}
