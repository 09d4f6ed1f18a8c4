/** AES-256-GCM with a random nonce: nonce, tag and cipher text, as one base64 text. */

import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"

const nonceBytes = 12
const tagBytes = 16

/** @param boundTo the row that the text belongs to: a text that is copied into another row can't be decrypted there */
export function encrypt(
  key: Buffer,
  boundTo: string,
  text: string,
  random: (bytes: number) => Buffer = randomBytes
): string {
  const nonce = random(nonceBytes)
  const cipher = createCipheriv("aes-256-gcm", key, nonce)
  cipher.setAAD(Buffer.from(boundTo, "utf8"))
  const bytes = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), bytes]).toString("base64")
}

/** @throws Error where the text was changed, belongs to another row, or was encrypted under another key */
export function decrypt(key: Buffer, boundTo: string, encrypted: string): string {
  const bytes = Buffer.from(encrypted, "base64")
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(boundTo, "utf8"))
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  const text = decipher.update(bytes.subarray(nonceBytes + tagBytes))
  return Buffer.concat([text, decipher.final()]).toString("utf8")
}
