/** Each payment provider that the shop's config lists: its account, its credentials, its addresses, its regions. */
import { createRequire } from "node:module"
import { join } from "node:path"
import type { ProviderCheck } from "../../../modules/payment-journal/repositories/provider-health"
import {
  type ConfiguredProvider,
  gatewayIdentifiers,
  listedProviders,
} from "../../../providers/registry"
import { errorMessage } from "../../../shared/errors"
import { isPlainObject } from "../../../shared/validation"
import type { ChecklistItem } from "../../../workflows/providers/checklist"
import {
  type ProviderSetUp,
  setUpOf,
  type ShopSetUp,
} from "../../../workflows/providers/provider-report"
import { packageName } from "../../own-package"
import type { Shop } from "../../shop"
import { type CheckName, type Diagnostic, diagnostic, type Severity } from "../diagnostic"
import { configPlace, listedAs, providerPlace } from "../places"
import { emptyHealth, type ShopRows } from "../shop-rows"

type LookedAt = {
  shop: Pick<Shop, "source">
  /** Undefined where the database was not reached: what follows from its rows is left out. */
  rows: ShopRows | undefined
  /** Where the shop is reached; see `ShopSetUp`. */
  backend: string
  /** What the gateway said just now; undefined where it was not to be asked. */
  check: ProviderCheck | undefined
}

/** All that is to be said of one provider. */
export function checkProvider(
  provider: ConfiguredProvider,
  { shop, rows, backend, check }: LookedAt
): Diagnostic[] {
  const gateway = provider.build(() => undefined)
  const facts: ShopSetUp = {
    regions: rows?.regions ?? [],
    enabled: rows?.enabled ?? new Set([provider.id]),
    backend,
    hasMemoryLocks: false,
  }
  const health = { ...(rows?.health.get(provider.id) ?? emptyHealth(provider.id)) }
  const setUp = setUpOf(
    provider,
    gateway,
    facts,
    check ? { ...health, ...asChecked(check) } : health
  )
  const items = setUp.checklist.flatMap((item) => {
    const { check: name } = meanings[item.code]
    const isKnown = rows !== undefined || !["regions", "webhooks"].includes(name)
    const isAsked = check !== undefined || item.code !== "not_checked"
    return isKnown && isAsked ? [ofItem(provider, shop, item, { setUp, check })] : []
  })
  return [...items, ...allGood(provider, items, { setUp, rows, check })]
}

function asChecked({ outcome, code, message, ...rest }: ProviderCheck) {
  return { check_outcome: outcome, check_code: code, check_message: message, ...rest }
}

type Found = { setUp: ProviderSetUp; check: ProviderCheck | undefined }

function ofItem(
  provider: ConfiguredProvider,
  { source }: Pick<Shop, "source">,
  { code, level, options, page, hint }: ChecklistItem,
  { setUp, check }: Found
): Diagnostic {
  const { check: checkName, severity, message, remedy } = meanings[code]
  const [option] = options
  const place =
    option === undefined || page !== null
      ? null
      : option === "modules" || option.startsWith("admin.")
        ? configPlace(source, option)
        : withoutVariable(providerPlace(source, listedAs(provider), `options.${option}`))
  const facts = { title: provider.definition.title, setUp, check, options, page }
  return diagnostic(checkName, severity ?? severityOf(level), message(facts), {
    provider: provider.id,
    place,
    remedy: [remedy?.(facts), hint].filter(Boolean).join(". ") || null,
  })
}

function withoutVariable({ file, line, option }: ReturnType<typeof providerPlace>) {
  return { file, line, option }
}

function severityOf(level: ChecklistItem["level"]): Severity {
  return level === "missing" ? "fault" : level
}

type ItemFacts = {
  title: string
  setUp: ProviderSetUp
  check: ProviderCheck | undefined
  options: readonly string[]
  page: string | null
}

type Meaning = {
  check: CheckName
  /** In place of what the checklist's level says. */
  severity?: Severity
  message(facts: ItemFacts): string
  remedy?(facts: ItemFacts): string
}

const said = ({ title, check }: ItemFacts) =>
  [title, check?.code, check?.message].filter(Boolean).join(": ")
const webhookUrl = ({ setUp }: ItemFacts) => setUp.addresses.webhook?.url ?? ""
const returnUrl = ({ setUp }: ItemFacts) => setUp.addresses.return?.url ?? ""
const misfits = ({ setUp }: ItemFacts) => setUp.regions.filter(({ fits }) => !fits)

/** In the words of somebody who has not opened the dashboard; there the same codes are told in the reader's language. */
const meanings: Readonly<Record<ChecklistItem["code"], Meaning>> = {
  provider_off: {
    check: "config",
    message: () => "Medusa has this provider turned off",
    remedy: () => "Start the store with it in medusa-config: Medusa turns it on",
  },
  not_checked: {
    check: "credentials",
    severity: "unknown",
    message: () => "Its credentials were not looked at",
  },
  credentials_refused: {
    check: "credentials",
    message: (facts) => `The gateway was reached and does not know the shop. ${said(facts)}`,
    remedy: ({ options }) => `Look at ${options.join(", ")}`,
  },
  wrong_address: {
    check: "credentials",
    message: (facts) => `What answers at baseUrl is not the gateway. ${said(facts)}`,
    remedy: () => "Change baseUrl",
  },
  unclear_answer: {
    check: "credentials",
    severity: "unknown",
    message: (facts) => `The gateway answered neither yes nor no. ${said(facts)}`,
  },
  no_answer: {
    check: "credentials",
    severity: "unknown",
    message: (facts) => `The gateway gave no answer. ${said(facts)}`,
    remedy: () =>
      "Is this machine let out to it? Some gateways also take calls from listed addresses alone",
  },
  clock: {
    check: "clock",
    message: ({ title, check }) =>
      `The clock of this machine is ${Math.round((check?.clock_ahead_ms ?? 0) / 1000)} seconds ahead of ${title}'s`,
    remedy: () => "Have it synchronized by NTP: gateways refuse what is signed at another time",
  },
  account_unknown: {
    check: "options",
    severity: "advice",
    message: () => "Whether money moves in this account can't be told by its address",
    remedy: () => 'Set environment: "live" or "test", which is shown to you alone',
  },
  account_contradicted: {
    check: "options",
    message: ({ setUp }) => `environment says another thing than ${setUp.account.address}`,
    remedy: () => "Correct environment, or baseUrl",
  },
  webhook_address_local: {
    check: "addresses",
    message: (facts) => `The gateway can't reach the webhook at ${webhookUrl(facts)}`,
    remedy: () => "Give it the address at which the store is reached from outside",
  },
  webhook_address_http: {
    check: "addresses",
    message: (facts) => `The webhook's address is not https: ${webhookUrl(facts)}`,
    remedy: () => "Serve it over https: many gateways send to nothing else",
  },
  return_address_local: {
    check: "addresses",
    message: (facts) => `Shoppers elsewhere can't come back to ${returnUrl(facts)}`,
    remedy: () => "Give it the address at which it is reached from outside",
  },
  return_address_http: {
    check: "addresses",
    message: (facts) => `The address to come back to is not https: ${returnUrl(facts)}`,
    remedy: () => "Serve it over https",
  },
  no_message_yet: {
    check: "webhooks",
    message: () => "No message of the gateway has come yet",
    remedy: (facts) =>
      `Give the gateway ${webhookUrl(facts)}, where it is not told with each payment`,
  },
  messages_refused: {
    check: "webhooks",
    message: () => "The last messages were refused: their signature does not fit",
    remedy: ({ options }) => `Look at ${options.join(", ")}`,
  },
  no_storefront_page: {
    check: "addresses",
    message: () => "Shoppers come back to the store's own plain page",
    remedy: () => "Set storefrontUrl, or have the storefront send return_url",
  },
  no_region: {
    check: "regions",
    message: ({ setUp }) =>
      setUp.regions.length === 0
        ? "No region allows it, so that no shopper is offered it"
        : "No region that allows it sells in a currency that the gateway takes",
    remedy: ({ setUp }) =>
      setUp.possibleRegions.length === 0
        ? "Make a region with its currency: Settings, Regions"
        : `Allow it in ${setUp.possibleRegions.map(({ name }) => name).join(", ")}: Settings, Regions`,
  },
  till_only: {
    check: "regions",
    message: () => "No region allows it: it is used at the till alone",
  },
  currency_of_region: {
    check: "regions",
    message: (facts) => {
      const id = facts.page?.split("/").at(-1)
      const region = misfits(facts).find((each) => each.id === id)
      return `The region ${region?.name ?? id} sells in ${region?.currency_code.toUpperCase()}, which the gateway does not take`
    },
    remedy: () => "Remove it from that region: Settings, Regions",
  },
  locks_in_memory: {
    check: "locking",
    message: () => "Locks are kept in the memory of one server",
  },
}

function allGood(
  { id, definition }: ConfiguredProvider,
  items: readonly Diagnostic[],
  { setUp, rows, check }: Found & { rows: ShopRows | undefined }
): Diagnostic[] {
  const isQuiet = (name: CheckName) => !items.some((each) => each.check === name)
  const ok = (name: CheckName, message: string) =>
    isQuiet(name) ? [diagnostic(name, "ok", message, { provider: id })] : []
  const { account, addresses, regions } = setUp
  return [
    ...(check === undefined
      ? []
      : ok(
          "credentials",
          `${definition.title} knows the shop (${account.address}, ${account.kind})`
        )),
    ...ok(
      "addresses",
      addresses.webhook === null
        ? "The gateway sends no messages; it is asked"
        : `The webhook is at ${addresses.webhook.url}`
    ),
    ...(rows === undefined
      ? []
      : ok("regions", `Allowed in ${regions.map(({ name }) => name).join(", ")}`)),
  ]
}

/**
 * Loads the providers of other packages that can be gateways behind this plugin, as Medusa does when it starts: they make
 * themselves known then.
 */
export function loadOtherGateways({ folder, config, source }: Shop): Diagnostic[] {
  const fromShop = createRequire(join(folder, "package.json"))
  return listedProviders(config).flatMap((each) => {
    const resolve = isPlainObject(each) ? String(each.resolve) : ""
    const [, name = ""] = /[/\\]providers[/\\]([^/\\]+)$/.exec(resolve) ?? []
    const isOwn = resolve.startsWith(`${packageName}/`) || gatewayIdentifiers().includes(name)
    if (name === "" || isOwn) {
      return []
    }
    try {
      fromShop(resolve)
      return []
    } catch (error) {
      const line = source?.entries.find((entry) => entry.resolve === resolve)?.line ?? null
      const place = { file: source?.file ?? "medusa-config", line, option: "resolve" }
      const message = `${resolve} can't be loaded: ${errorMessage(error).split("\n")[0]}`
      return [
        diagnostic("config", "fault", message, { place, remedy: "Install it, or take it out" }),
      ]
    }
  })
}
