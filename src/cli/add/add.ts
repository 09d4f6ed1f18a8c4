/** Writes a gateway into a shop's config and the names of its variables into the environment's files, once somebody agreed. */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { ConfigSource } from "../config-source"
import { ownFileFrom, packageName } from "../own-package"
import { configFileIn } from "../shop"
import { withProvider } from "./edit-config"
import { choicesOf, type NewProvider, variablesOf } from "./templates"

/** A file as it is to be, beside what it is. */
type FileChange = { file: string; before: string; after: string }

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
export function whatIsNext(folder: string, provider: NewProvider): string {
  const { gateway, id } = provider
  const page = ownFileFrom(folder, `docs/gateways/${gateway}.md`)
  const choices = choicesOf(provider)
  return [
    `Fill in the variables: where their values are found stands in ${page}`,
    ...(choices.length > 0
      ? [`Change what your account has otherwise, by the same page: ${choices.join(", ")}`]
      : []),
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

/** What is added to a file, with the lines around it; nothing is ever taken away. */

const around = 3

/** `+` before each new line, as `diff -u` has it. */
function differences({
  file,
  before,
  after,
}: {
  file: string
  before: string
  after: string
}): string {
  const lines = marked(before.split("\n"), after.split("\n"))
  const shown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ mark }) => mark !== " ")
  )
  // Of a file of secrets only what is new is shown.
  const isOfSecrets = file.startsWith(".env")
  const printed = lines.flatMap(({ mark, text }, index) => {
    const isShown = isOfSecrets ? mark === "+" : shown[index]
    return isShown ? [`${mark} ${text}`] : []
  })
  return [`--- ${file}`, ...printed].join("\n")
}

type Line = { mark: " " | "+" | "-"; text: string }

/** The lines that both have in the same order are kept, as many as there are. */
function marked(before: readonly string[], after: readonly string[]): Line[] {
  const common = commonLines(before, after)
  const lines: Line[] = []
  let [old, next] = [0, 0]
  while (old < before.length || next < after.length) {
    const [was, is] = [before[old], after[next]]
    if (was !== undefined && was === is) {
      lines.push({ mark: " ", text: was })
      old += 1
      next += 1
    } else if (was !== undefined && common(old + 1, next) >= common(old, next + 1)) {
      lines.push({ mark: "-", text: was })
      old += 1
    } else if (is !== undefined) {
      lines.push({ mark: "+", text: is })
      next += 1
    }
  }
  return lines
}

/**
 * The length of the longest common subsequence, of what stands behind a line of each.
 *
 * @returns 0 behind the last line of either
 */
function commonLines(
  before: readonly string[],
  after: readonly string[]
): (old: number, next: number) => number {
  const lengths = before.map(() => after.map(() => 0))
  const length = (old: number, next: number) => lengths[old]?.[next] ?? 0
  for (const [old, lengthsFrom] of [...lengths.entries()].reverse()) {
    for (let next = after.length - 1; next >= 0; next -= 1) {
      lengthsFrom[next] =
        before[old] === after[next]
          ? length(old + 1, next + 1) + 1
          : Math.max(length(old + 1, next), length(old, next + 1))
    }
  }
  return length
}
