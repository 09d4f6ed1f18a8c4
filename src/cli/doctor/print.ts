/** A diagnosis as people read it, and as programs do. */

import { type Diagnostic, exitCodeOf, type Place, severities, type Severity } from "./diagnostic"

const marks: Readonly<Record<Severity, string>> = {
  fault: "✗",
  unknown: "?",
  warning: "!",
  advice: "i",
  ok: "✓",
}

/** The shop first, then each provider; whatever is wrong with the line to change. */
export function asText(diagnostics: readonly Diagnostic[]): string {
  const parts = [...groupedByProvider(diagnostics)].map(([provider, own]) =>
    [provider ?? "The shop", ...own.flatMap(linesOf)].join("\n")
  )
  return [...parts, summaryOf(diagnostics)].join("\n\n")
}

function groupedByProvider(
  diagnostics: readonly Diagnostic[]
): ReadonlyMap<string | null, Diagnostic[]> {
  const groups = new Map<string | null, Diagnostic[]>()
  for (const each of diagnostics) {
    groups.set(each.provider, [...(groups.get(each.provider) ?? []), each])
  }
  return groups
}

function linesOf({ check, severity, message, remedy, place }: Diagnostic): string[] {
  const isOk = severity === "ok"
  return [
    `  ${marks[severity]} ${check}: ${message}`,
    ...(place && !isOk ? [`      ${placeText(place)}`] : []),
    ...(remedy && !isOk ? [`      ${remedy}`] : []),
  ]
}

function placeText({ file, line, option }: Place): string {
  return [line === null ? file : `${file}:${line}`, option].filter(Boolean).join("  ")
}

function summaryOf(diagnostics: readonly Diagnostic[]): string {
  const counts = countsOf(diagnostics)
  switch (exitCodeOf(diagnostics)) {
    case 0:
      return `Nothing is wrong. ${counted(counts.warning, "warning")}, ${counted(counts.advice, "hint")}`
    case 1:
      return `${counted(counts.fault, "fault")}, ${counts.unknown} not looked at, ${counted(counts.warning, "warning")}`
    case 2:
      return `No faults were found, and ${counts.unknown} could not be looked at`
  }
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`
}

function countsOf(diagnostics: readonly Diagnostic[]): Record<Severity, number> {
  const counts = { fault: 0, unknown: 0, warning: 0, advice: 0, ok: 0 }
  for (const { severity } of diagnostics) {
    counts[severity] += 1
  }
  return counts
}

/** With the keys as they stand in docs/doctor.md. */
export function asJson(diagnostics: readonly Diagnostic[]): string {
  const counts = countsOf(diagnostics)
  return JSON.stringify(
    {
      exit_code: exitCodeOf(diagnostics),
      counts: Object.fromEntries(severities.map((severity) => [severity, counts[severity]])),
      diagnostics,
    },
    null,
    2
  )
}
