/** What is still missing before a provider can be relied on, each with where it is mended. */

import type { ProviderHealthRow } from "../../modules/payment-journal/repositories/provider-health"
import { isOnThisMachine, type Account } from "../../providers/account"
import type { SetUpHints } from "../../providers/base/errors"
import { addressProblem, type OwnAddress, type ProviderAddresses } from "./addresses"

export const checklistCodes = [
  "provider_off",
  "not_checked",
  "credentials_refused",
  "wrong_address",
  "unclear_answer",
  "no_answer",
  "clock",
  "account_unknown",
  "account_contradicted",
  "webhook_address_local",
  "webhook_address_http",
  "return_address_local",
  "return_address_http",
  "no_message_yet",
  "messages_refused",
  "no_storefront_page",
  "no_region",
  "till_only",
  "currency_of_region",
  "locks_in_memory",
] as const

export type ChecklistCode = (typeof checklistCodes)[number]

/**
 * - `missing`: shoppers can't pay, or what they pay is not learnt of as it should
 * - `warning`: it may be so, or will be soon
 * - `advice`: all is well as it is, for a shop of one server
 */
export const checklistLevels = ["missing", "warning", "advice"] as const

export type ChecklistItem = {
  code: ChecklistCode
  level: (typeof checklistLevels)[number]
  /** The options of the provider, or of Medusa's config, in which it is mended. */
  options: readonly string[]
  /** The page of the dashboard on which it is mended. */
  page: string | null
  /** Where the option's value is found, in the words of the option's own check. */
  hint: string | null
}

/** All that the checklist is decided by. */
export type SetUpFacts = {
  isEnabled: boolean
  account: Account
  webhooks: "signed" | "unsigned" | "none"
  addresses: ProviderAddresses
  /** Whether the return address is a route of this plugin's, which sends the shopper on. */
  returnsThroughStore: boolean
  hasStorefrontPage: boolean
  regions: readonly { id: string; fits: boolean }[]
  /** It charges the code that a seller scans, which needs no region. */
  isForTill: boolean
  health: ProviderHealthRow | undefined
  /** Whether the last check was made with the options of now. */
  isCheckCurrent: boolean
  hasMemoryLocks: boolean
  setUp: SetUpHints
}

/** In the order in which a person goes about it: the account, then what the gateway is told, then the shop. */
export function checklistOf(facts: SetUpFacts): ChecklistItem[] {
  return [
    ...accountItems(facts),
    ...credentialItems(facts),
    ...clockItems(facts),
    ...addressItems(facts),
    ...messageItems(facts),
    ...regionItems(facts),
    ...(facts.hasMemoryLocks ? [item("locks_in_memory", "advice", { options: ["modules"] })] : []),
  ]
}

/** The worst of what is on the list. */
export function stateOf(checklist: readonly ChecklistItem[]): "ready" | "attention" | "broken" {
  const has = (level: ChecklistItem["level"]) => checklist.some((each) => each.level === level)
  return has("missing") ? "broken" : has("warning") ? "attention" : "ready"
}

function item(
  code: ChecklistCode,
  level: ChecklistItem["level"],
  { options = [], page = null, hint = null }: Partial<Omit<ChecklistItem, "code" | "level">> = {}
): ChecklistItem {
  return { code, level, options, page, hint }
}

function accountItems({ isEnabled, account }: SetUpFacts): ChecklistItem[] {
  const environment = { options: ["environment"] }
  return [
    ...(isEnabled ? [] : [item("provider_off", "missing", { options: ["modules"] })]),
    ...(account.isContradicted
      ? [item("account_contradicted", "missing", { options: ["environment", "baseUrl"] })]
      : []),
    ...(account.kind === "unknown" ? [item("account_unknown", "warning", environment)] : []),
  ]
}

function credentialItems({ health, isCheckCurrent, setUp }: SetUpFacts): ChecklistItem[] {
  const { whereCredentials, whereBaseUrl } = setUp
  const credentials = { options: [...setUp.credentials, "baseUrl"], hint: whereCredentials }
  if (!health?.check_outcome || !isCheckCurrent) {
    return [item("not_checked", "warning")]
  }
  switch (health.check_outcome) {
    case "accepted":
      return []
    case "refused":
      return [item("credentials_refused", "missing", credentials)]
    case "wrong_address":
      return [item("wrong_address", "missing", { options: ["baseUrl"], hint: whereBaseUrl })]
    case "unclear":
      return [item("unclear_answer", "warning", credentials)]
    case "no_answer":
      return [item("no_answer", "warning", { options: ["baseUrl"], hint: whereBaseUrl })]
  }
}

/** Gateways refuse signatures and tokens whose time is off by more than some minutes. */
const mostClockDriftMs = 2 * 60_000

function clockItems({ health, isCheckCurrent }: SetUpFacts): ChecklistItem[] {
  const ahead = isCheckCurrent ? Math.abs(health?.clock_ahead_ms ?? 0) : 0
  return ahead > mostClockDriftMs ? [item("clock", "missing")] : []
}

/** A gateway on this very machine reaches what is only reached from here. */
function addressItems(facts: SetUpFacts): ChecklistItem[] {
  const { account, addresses, returnsThroughStore, hasStorefrontPage } = facts
  const isReached = isOnThisMachine(account)
  return [
    ...(isReached ? [] : addressItem("webhook_address", "missing", addresses.webhook)),
    ...(isReached ? [] : addressItem("return_address", "warning", addresses.return)),
    ...(returnsThroughStore && !hasStorefrontPage
      ? [item("no_storefront_page", "warning", { options: ["storefrontUrl"] })]
      : []),
  ]
}

function addressItem(
  which: "webhook_address" | "return_address",
  level: ChecklistItem["level"],
  address: OwnAddress | null
): ChecklistItem[] {
  const problem = address ? addressProblem(address) : undefined
  return problem
    ? [item(`${which}_${problem}`, level, { options: [address?.option ?? "admin.backendUrl"] })]
    : []
}

function messageItems({ webhooks, health, setUp }: SetUpFacts): ChecklistItem[] {
  if (webhooks === "none") {
    return []
  }
  if (!health?.last_message_at) {
    return [item("no_message_yet", "warning")]
  }
  const { last_verified_at: verified, last_refused_at: refused } = health
  const isRefused = webhooks === "signed" && refused && (!verified || refused > verified)
  return isRefused
    ? [item("messages_refused", "warning", { options: setUp.signedWith ?? setUp.credentials })]
    : []
}

const regionsPage = "/settings/regions"

function regionItems({ regions, isForTill }: SetUpFacts): ChecklistItem[] {
  if (regions.length === 0 && isForTill) {
    return [item("till_only", "advice", { page: regionsPage })]
  }
  if (!regions.some(({ fits }) => fits)) {
    return [item("no_region", "missing", { page: regionsPage })]
  }
  return regions
    .filter(({ fits }) => !fits)
    .map(({ id }) => item("currency_of_region", "warning", { page: `${regionsPage}/${id}` }))
}
