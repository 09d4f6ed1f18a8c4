import { createHmac } from "node:crypto"
import { digestEquals } from "../../../gateways/shared/digest"
import type { PayoutOrder } from "../provider"
import type { KeyRing } from "./keys"

/** What is frozen when a transfer is approved: through whom it goes, not before when, and all that is sent there. */
export type ApprovedFacts = { provider_id: string; send_at: Date | null; order: PayoutOrder }

/**
 * An HMAC over what was approved, after the id of its key. Who can write to the database but has no key can't
 * make a transfer go elsewhere, or to another name, or be another amount, than a person approved.
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

function mac(key: Buffer, { send_at, ...facts }: ApprovedFacts): Buffer {
  const text = canonicalText({ ...facts, send_at: send_at?.toISOString() ?? null })
  return createHmac("sha256", key).update(text, "utf8").digest()
}

type Json = string | null | { readonly [name: string]: Json }

/** JSON with the names in order, whatever a provider adds to an order, so that no two facts give the same text. */
function canonicalText(value: Json): string {
  if (value === null || typeof value === "string") {
    return JSON.stringify(value)
  }
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalText(field)}`).join(",")}}`
}
