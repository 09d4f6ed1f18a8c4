/** What the shop's config lists of this package, and whether the options of all of it can be used. */

import { PAYMENT_JOURNAL_MODULE } from "../../../modules/payment-journal/module-name"
import { payoutOptionProblems } from "../../../modules/payout/options"
import { PAYOUT_MODULE } from "../../../modules/payout/provider"
import { duplicatesAmong, problemsOf } from "../../../providers/check-set-up"
import {
  gatewayIdentifiers,
  listedProviders,
  type OwnEntry,
  ownEntries,
} from "../../../providers/registry"
import { isPlainObject, type Problem } from "../../../shared/validation"
import { packageName } from "../../own-package"
import type { Shop } from "../../shop"
import { type Diagnostic, diagnostic, type Place } from "../diagnostic"
import { configPlace, type Located, pluginPlace, providerPlace } from "../places"

/** Whether plugin and providers are listed, each once and under a name that there is. */
export function checkConfig({ config, source }: Shop): Diagnostic[] {
  const entries = ownEntries(config)
  const hasPlugin = config.modules?.[PAYMENT_JOURNAL_MODULE] !== undefined
  const problems = [
    ...(hasPlugin
      ? []
      : [
          diagnostic("config", "fault", `The plugin ${packageName} is not listed`, {
            remedy: `Add { resolve: "${packageName}", options: {} } to plugins`,
            place: configPlace(source, "plugins"),
          }),
        ]),
    ...misspelt({ config, source }),
    ...duplicatesAmong(entries).map((message) =>
      diagnostic("config", "fault", message, { place: modulePlaceOfPayment(source) })
    ),
    ...(entries.length > 0
      ? []
      : [
          diagnostic("config", "warning", "No payment provider of this package is listed", {
            remedy: `npx ${packageName} add <gateway> writes one`,
            place: modulePlaceOfPayment(source),
          }),
        ]),
  ]
  return problems.length > 0
    ? problems
    : [
        diagnostic(
          "config",
          "ok",
          `The plugin and ${entries.length === 1 ? "one provider" : `${entries.length} providers`} are listed`
        ),
      ]
}

function modulePlaceOfPayment(source: Shop["source"]): Place {
  return configPlace(source, "modules")
}

/** A provider of this package's by a name that no gateway has: Medusa says only that a module was not found. */
function misspelt({ config, source }: Pick<Shop, "config" | "source">): Diagnostic[] {
  return listedProviders(config).flatMap((each) => {
    const resolve = isPlainObject(each) ? each.resolve : undefined
    const [, name] = typeof resolve === "string" ? (ownProvider.exec(resolve) ?? []) : []
    if (name === undefined || gatewayIdentifiers().includes(name)) {
      return []
    }
    const line = source?.entries.find((entry) => entry.resolve === resolve)?.line ?? null
    return [
      diagnostic("config", "fault", `There is no provider ${String(resolve)}`, {
        remedy: `There are ${gatewayIdentifiers().join(", ")}`,
        place: { file: source?.file ?? "medusa-config", line, option: "resolve" },
      }),
    ]
  })
}

const ownProvider = new RegExp(`^${packageName}/providers/([^/]+)`)

/** What is wrong with the options of the providers and of payouts; each with its line. */
export function checkOptions(shop: Shop): Diagnostic[] {
  const entries = ownEntries(shop.config)
  const faults = [
    ...entries.flatMap((entry) =>
      problemsOf(entry).map((problem) => ofEntry(shop, entry, problem))
    ),
    ...payoutProblems(shop),
  ]
  if (faults.length > 0 || entries.length === 0) {
    return faults
  }
  return [diagnostic("options", "ok", "All options can be used")]
}

function ofEntry({ source }: Shop, entry: OwnEntry, { path, message }: Problem): Diagnostic {
  const { identifier } = entry.definition
  const option = path === "id" ? "id" : ["options", path].filter(Boolean).join(".")
  const listed = { folder: "providers", identifier, id: entry.id } as const
  const place = providerPlace(source, listed, option)
  return ofProblem({ path, message }, place, {
    provider: `pp_${identifier}${typeof entry.id === "string" && entry.id !== "" ? `_${entry.id}` : ""}`,
  })
}

function payoutProblems({ config, source }: Shop): Diagnostic[] {
  const module: unknown = config.modules?.[PAYOUT_MODULE]
  const options = isPlainObject(module) ? module.options : undefined
  return payoutOptionProblems(options).map((problem) =>
    ofProblem(problem, pluginPlace(source, `options.${problem.path}`), { provider: null })
  )
}

/** An option that is undefined is taken from somewhere: the variable is what has to be set. */
function ofProblem(
  { path, message }: Problem,
  { variable, ...place }: Located,
  { provider }: { provider: string | null }
): Diagnostic {
  const isUnset = variable !== undefined && !process.env[variable]
  return diagnostic("options", "fault", `${path === "" ? "The options" : path} ${message}`, {
    provider,
    place,
    remedy: isUnset
      ? `Set ${variable} in the environment, or in .env`
      : `Change it in ${place.file}`,
  })
}
