import type { ProviderHealthRow } from "../../../modules/payment-journal/repositories/provider-health"
import { checklistOf, stateOf, type SetUpFacts } from "../checklist"

const now = new Date("2030-01-01T12:00:00Z")
const before = new Date("2030-01-01T11:00:00Z")

const health: ProviderHealthRow = {
  provider_id: "pp_acme_main",
  checked_at: now,
  checked_by: "user_ana",
  check_outcome: "accepted",
  check_code: null,
  check_message: null,
  checked_options: "0a1b",
  clock_ahead_ms: 800,
  failed_at: null,
  failed_call: null,
  failure_code: null,
  failure_message: null,
  last_message_at: now,
  last_verified_at: now,
  last_refused_at: null,
  recent_messages: "vvv",
}

const good: SetUpFacts = {
  isEnabled: true,
  account: { address: "https://api.acme.example", kind: "live", isContradicted: false },
  webhooks: "signed",
  addresses: {
    webhook: { url: "https://api.shop.example/hooks/payment/acme_main", option: null },
    return: { url: "https://api.shop.example/payments/acme_main/return", option: "returnUrl" },
  },
  returnsThroughStore: true,
  hasStorefrontPage: true,
  regions: [{ id: "reg_1", fits: true }],
  isForTill: false,
  health,
  isCheckCurrent: true,
  hasMemoryLocks: false,
  setUp: {
    credentials: ["key", "secret"],
    signedWith: ["secret"],
    whereCredentials: "Find them at Acme",
    whereBaseUrl: "Acme tells it",
  },
}

function listed(change: Partial<SetUpFacts>) {
  return checklistOf({ ...good, ...change }).map(({ code, level, options, page }) => ({
    code,
    level,
    ...(options.length > 0 ? { options } : {}),
    ...(page ? { page } : {}),
  }))
}

const checked = (check_outcome: ProviderHealthRow["check_outcome"]) => ({
  health: { ...health, check_outcome },
})
const local = { url: "http://localhost:9000/hooks/payment/acme_main", option: "notifyUrl" }

describe("the checklist of a provider", () => {
  it("is empty where nothing is missing, and the provider is ready", () => {
    expect(listed({})).toEqual([])
    expect(stateOf([])).toBe("ready")
  })

  it.each<[string, Partial<SetUpFacts>, object]>([
    [
      "refused credentials, with the options to look at",
      checked("refused"),
      { code: "credentials_refused", level: "missing", options: ["key", "secret", "baseUrl"] },
    ],
    [
      "another server at the address",
      checked("wrong_address"),
      { code: "wrong_address", level: "missing", options: ["baseUrl"] },
    ],
    [
      "no answer, which says nothing of the credentials",
      checked("no_answer"),
      { code: "no_answer", level: "warning", options: ["baseUrl"] },
    ],
    [
      "an answer that is neither yes nor no",
      checked("unclear"),
      { code: "unclear_answer", level: "warning", options: ["key", "secret", "baseUrl"] },
    ],
    [
      "a check of other options",
      { isCheckCurrent: false },
      { code: "not_checked", level: "warning" },
    ],
    [
      "a clock that is off",
      { health: { ...health, clock_ahead_ms: -300_000 } },
      { code: "clock", level: "missing" },
    ],
    [
      "an account of which nobody knows whether money moves",
      { account: { ...good.account, kind: "unknown" } },
      { code: "account_unknown", level: "warning", options: ["environment"] },
    ],
    [
      "an account that is not the one the shop takes it for",
      { account: { ...good.account, isContradicted: true } },
      { code: "account_contradicted", level: "missing", options: ["environment", "baseUrl"] },
    ],
    [
      "a webhook address that only this machine knows",
      { addresses: { ...good.addresses, webhook: local } },
      { code: "webhook_address_local", level: "missing", options: ["notifyUrl"] },
    ],
    [
      "a webhook address that is not encrypted, to be mended where Medusa is told its own",
      {
        addresses: {
          ...good.addresses,
          webhook: { url: "http://api.shop.example/h", option: null },
        },
      },
      { code: "webhook_address_http", level: "missing", options: ["admin.backendUrl"] },
    ],
    [
      "a return address that only this machine knows",
      { addresses: { ...good.addresses, return: { ...local, option: "returnUrl" } } },
      { code: "return_address_local", level: "warning", options: ["returnUrl"] },
    ],
    [
      "no page to send shoppers on to",
      { hasStorefrontPage: false },
      { code: "no_storefront_page", level: "warning", options: ["storefrontUrl"] },
    ],
    [
      "that no message ever came",
      { health: { ...health, last_message_at: null } },
      { code: "no_message_yet", level: "warning" },
    ],
    [
      "that messages are refused since, with what they are verified by",
      { health: { ...health, last_verified_at: before, last_refused_at: now } },
      { code: "messages_refused", level: "warning", options: ["secret"] },
    ],
    [
      "no region",
      { regions: [] },
      { code: "no_region", level: "missing", page: "/settings/regions" },
    ],
    [
      "no region of a till, as an advice: it needs none",
      { regions: [], isForTill: true },
      { code: "till_only", level: "advice", page: "/settings/regions" },
    ],
    [
      "a region in another currency, beside one that fits",
      { regions: [...good.regions, { id: "reg_2", fits: false }] },
      { code: "currency_of_region", level: "warning", page: "/settings/regions/reg_2" },
    ],
    [
      "that Medusa has turned it off",
      { isEnabled: false },
      { code: "provider_off", level: "missing", options: ["modules"] },
    ],
    [
      "locks that each server has for itself, as an advice",
      { hasMemoryLocks: true },
      { code: "locks_in_memory", level: "advice", options: ["modules"] },
    ],
  ])("names %s", (_what, change, item) => {
    expect(listed(change)).toEqual([item])
  })

  it("has no address in it that a stand-in on the same machine reaches", () => {
    const account = { ...good.account, address: "http://127.0.0.1:4010", kind: "test" as const }
    expect(listed({ account, addresses: { webhook: local, return: local } })).toEqual([])
  })

  it("asks for no messages of a gateway that sends none", () => {
    const silent = { ...health, last_message_at: null }
    expect(listed({ webhooks: "none", health: silent })).toEqual([])
  })

  it("takes a refused message for nothing where one was verified since", () => {
    const refusedBefore = { ...health, last_refused_at: before }
    expect(listed({ health: refusedBefore })).toEqual([])
  })

  it("makes the provider's state of the worst that is on it", () => {
    const state = (change: Partial<SetUpFacts>) => stateOf(checklistOf({ ...good, ...change }))
    expect(state({ hasMemoryLocks: true })).toBe("ready")
    expect(state(checked("no_answer"))).toBe("attention")
    expect(state({ ...checked("no_answer"), regions: [] })).toBe("broken")
  })
})
