import { randomUUID } from "node:crypto"

/** A new text each time, which nobody can guess: 32 characters, which is all that Cashy takes. */
export function nonce(): string {
  return randomUUID().replaceAll("-", "")
}
