import { createHmac } from "node:crypto"
import { digestEquals } from "../../../gateways/shared/digest"
import type { Transfer } from "../domain/transfer"
import type { PayoutAccount } from "../provider"
import type { KeyRing } from "./keys"

/** What is frozen when a transfer is approved. */
export type ApprovedFacts = Pick<
  Transfer,
  "reference" | "provider_id" | "amount" | "currency_code"
> & {
  /** In the clear. */
  account: PayoutAccount
}

/**
 * An HMAC over what was approved, after the id of its key. Who can write to the database but has no key can't
 * make a transfer go elsewhere, or be another amount, than a person approved.
 */
export function approvalSignature(keys: KeyRing, facts: ApprovedFacts): string {
  const { id, key } = keys.present("approval")
  return `${id}.${mac(key, facts).toString("hex")}`
}

/** @throws MissingKeyError where the signature's key is gone */
export function verifyApproval(keys: KeyRing, signature: string, facts: ApprovedFacts): boolean {
  // A key's id may have a point in it, the MAC has none.
  const point = signature.lastIndexOf(".")
  const { key } = keys.named(signature.slice(0, Math.max(point, 0)), "approval")
  return digestEquals(mac(key, facts), signature.slice(point + 1), "hex")
}

function mac(key: Buffer, facts: ApprovedFacts): Buffer {
  const { reference, provider_id, account, amount, currency_code } = facts
  const fields = Object.entries(account).sort(([a], [b]) => (a < b ? -1 : 1))
  // JSON, so that no two lists of facts give the same text.
  const text = JSON.stringify([reference, provider_id, amount, currency_code, fields])
  return createHmac("sha256", key).update(text, "utf8").digest()
}
