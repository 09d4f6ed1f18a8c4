import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import type { KeyRing, KeyUse } from "./keys"

export type EncryptedText = {
  /** Base64 of nonce, tag and cipher text. */
  encrypted: string
  keyId: string
}

const nonceBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM with a random nonce, under the present key.
 *
 * @param boundTo the row that the text belongs to: a text that is copied into another row can't be decrypted there
 */
export function encryptText(
  keys: KeyRing,
  use: KeyUse,
  boundTo: string,
  text: string,
  random: (bytes: number) => Buffer = randomBytes
): EncryptedText {
  const { id, key } = keys.present(use)
  const nonce = random(nonceBytes)
  const cipher = createCipheriv("aes-256-gcm", key, nonce)
  cipher.setAAD(Buffer.from(boundTo, "utf8"))
  const bytes = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
  return {
    encrypted: Buffer.concat([nonce, cipher.getAuthTag(), bytes]).toString("base64"),
    keyId: id,
  }
}

/**
 * @throws MissingKeyError
 * @throws Error where the text was changed, or belongs to another row
 */
export function decryptText(
  keys: KeyRing,
  use: KeyUse,
  boundTo: string,
  { encrypted, keyId }: EncryptedText
): string {
  const { key } = keys.named(keyId, use)
  const bytes = Buffer.from(encrypted, "base64")
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(boundTo, "utf8"))
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  const text = decipher.update(bytes.subarray(nonceBytes + tagBytes))
  return Buffer.concat([text, decipher.final()]).toString("utf8")
}
