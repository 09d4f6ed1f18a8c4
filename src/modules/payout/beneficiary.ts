import { z } from "zod"
import { count, readRow, time } from "../../shared/database"
import type { PayoutAccount } from "./payout-provider"

/**
 * - `pending`: not paid yet: the gateway has not accepted it, or its answer was lost
 * - `active`: may be paid
 * - `rejected`: the gateway, or a person after a lost answer, said no
 * - `disabled`: nobody pays it any more
 */
export const beneficiaryStatuses = ["pending", "active", "rejected", "disabled"] as const

export const beneficiaryKinds = ["person", "business"] as const

/** What a beneficiary and each version of it say. */
const contact = {
  name: z.string(),
  kind: z.enum(beneficiaryKinds),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  shop_name: z.string().nullable(),
  /** The account's last places behind dots; the whole is encrypted in the version. */
  account_hint: z.string().nullable(),
  /** Who made the version: never the one who approves a transfer to it. */
  edited_by: z.string(),
}

/** A row of `payout_beneficiary`: somebody who is paid through one provider, as of the newest version. */
const beneficiaryRow = z.object({
  id: z.string(),
  provider_id: z.string(),
  status: z.enum(beneficiaryStatuses),
  /** From 1; each change of what it says makes the next. */
  version: count,
  /** The version's own id, which transfers point at. */
  version_id: z.string(),
  ...contact,
  /** The last places of what was passed on once, such as an identity number, by name. */
  identity_hints: z.record(z.string(), z.string()),
  /** Why it has its status, in the gateway's or a person's words. */
  reason: z.string().nullable(),
  created_by: z.string(),
  created_at: time,
  updated_at: time,
})

export type Beneficiary = z.infer<typeof beneficiaryRow>

export function toBeneficiary(row: unknown): Beneficiary {
  return readRow("payout_beneficiary", beneficiaryRow, row)
}

/** A row of `payout_beneficiary_version`: what a beneficiary said at one time. */
const versionRow = z.object({
  id: z.string(),
  beneficiary_id: z.string(),
  version: count,
  ...contact,
  /** Null until it is known, as where the gateway gives it. */
  sealed_account: z.string().nullable(),
  key_id: z.string().nullable(),
  created_at: time,
})

export type BeneficiaryVersion = z.infer<typeof versionRow>

export function toVersion(row: unknown): BeneficiaryVersion {
  return readRow("payout_beneficiary_version", versionRow, row)
}

export type NewBeneficiary = {
  provider_id: string
  name: string
  kind: Beneficiary["kind"]
  email?: string | null
  phone?: string | null
  shop_name?: string | null
  /** By the names of the provider's `accountFields`. */
  account?: PayoutAccount
  /** By the names of the provider's `identityFields`; passed on and not kept. */
  identity?: PayoutAccount
}

/** What is left out stays as it is. A new account takes the place of the whole old one. */
export type BeneficiaryChange = Partial<
  Pick<NewBeneficiary, "name" | "kind" | "email" | "phone" | "shop_name" | "account">
>

/** What a person found out about a beneficiary whose answer was lost or is still open. */
export type BeneficiaryDecision =
  { status: "active"; account?: PayoutAccount; note: string } | { status: "rejected"; note: string }
