import type { PayoutAccount } from "./payout-provider"

/**
 * - `pending`: not paid yet: the gateway has not accepted it, or its answer was lost
 * - `active`: may be paid
 * - `rejected`: the gateway, or a person after a lost answer, said no
 * - `disabled`: nobody pays it any more
 */
export const beneficiaryStatuses = ["pending", "active", "rejected", "disabled"] as const

export type BeneficiaryStatus = (typeof beneficiaryStatuses)[number]

export const beneficiaryKinds = ["person", "business"] as const

export type BeneficiaryKind = (typeof beneficiaryKinds)[number]

/** Somebody who is paid through one provider, as of the newest version. */
export type Beneficiary = {
  id: string
  provider_id: string
  status: BeneficiaryStatus
  /** From 1; each change of what it says makes the next. */
  version: number
  /** The version's own id, which transfers point at. */
  version_id: string
  name: string
  kind: BeneficiaryKind
  email: string | null
  phone: string | null
  shop_name: string | null
  /** The account's last places behind dots; the whole is encrypted in the version. */
  account_hint: string | null
  /** The last places of what was passed on once, such as an identity number, by name. */
  identity_hints: Record<string, string>
  /** Why it has its status, in the gateway's or a person's words. */
  reason: string | null
  created_by: string
  /** Who made the newest version: never the one who approves a transfer to it. */
  edited_by: string
  created_at: Date
  updated_at: Date
}

/** What a beneficiary said at one time, as it is kept. */
export type BeneficiaryVersion = Pick<
  Beneficiary,
  "name" | "kind" | "email" | "phone" | "shop_name" | "account_hint" | "edited_by" | "created_at"
> & {
  id: string
  beneficiary_id: string
  version: number
  /** Null until it is known, as where the gateway gives it. */
  sealed_account: string | null
  key_id: string | null
}

export type NewBeneficiary = {
  provider_id: string
  name: string
  kind: BeneficiaryKind
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
