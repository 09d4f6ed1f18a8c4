/** Writes a gateway into a shop's config and the names of its variables into the environment's files, once somebody agreed. */

import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { ConfigSource } from "../config-source"
import { packageName } from "../own-package"
import { configFileIn } from "../shop"
import { differences } from "./differences"
import { withProvider } from "./edit-config"
import { type NewProvider, variablesOf } from "./templates"

/** A file as it is to be, beside what it is. */
export type FileChange = { file: string; before: string; after: string }

/**
 * What is to be written; nothing is yet.
 *
 * @throws NoShopError, CannotWriteError
 */
export function plannedChanges(folder: string, provider: NewProvider): FileChange[] {
  const config = configFileIn(folder)
  const before = readFileSync(join(folder, config), "utf8")
  const after = withProvider(new ConfigSource(config, before), provider)
  const files = [".env", ".env.template"].filter((file) => existsSync(join(folder, file)))
  return [
    { file: config, before, after },
    ...(files.length === 0 ? [".env"] : files).map((file) =>
      environmentFile(folder, file, provider)
    ),
  ].filter((change) => change.before !== change.after)
}

export function writeChanges(folder: string, changes: readonly FileChange[]): void {
  for (const { file, after } of changes) {
    writeFileSync(join(folder, file), after)
  }
}

/** As a person reads them before they agree. */
export function shownChanges(changes: readonly FileChange[]): string {
  return changes.map((change) => differences(change)).join("\n\n")
}

/** What is left for a person. */
export function whatIsNext({ gateway, id }: NewProvider): string {
  return [
    `Fill in the variables: where their values are found stands in node_modules/${packageName}/docs/gateways/${gateway}.md`,
    "Run npx medusa db:migrate, and start the store",
    `Allow pp_${gateway}_${id} in a region: Settings, Regions`,
    `Run npx ${packageName} doctor`,
  ]
    .map((line, index) => `${index + 1}. ${line}`)
    .join("\n")
}

/** The names that are not there, without values: what is secret is no command's to know. */
function environmentFile(folder: string, file: string, provider: NewProvider): FileChange {
  const path = join(folder, file)
  const before = existsSync(path) ? readFileSync(path, "utf8") : ""
  const missing = variablesOf(provider).filter(
    (name) => !new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`, "m").test(before)
  )
  const gap = before === "" || before.endsWith("\n") ? "" : "\n"
  return { file, before, after: before + gap + missing.map((name) => `${name}=\n`).join("") }
}
