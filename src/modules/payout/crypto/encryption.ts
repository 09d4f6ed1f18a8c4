import { randomBytes } from "node:crypto"
import { decrypt, encrypt } from "../../../shared/aes-gcm"
import type { KeyRing, KeyUse } from "./keys"

export type EncryptedText = {
  /** Base64 of nonce, tag and cipher text. */
  encrypted: string
  keyId: string
}

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
  return { encrypted: encrypt(key, boundTo, text, random), keyId: id }
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
  return decrypt(keys.named(keyId, use).key, boundTo, encrypted)
}
