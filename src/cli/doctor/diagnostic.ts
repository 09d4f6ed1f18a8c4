/** What the doctor says of a shop: one line for each thing that it looked at. */

export const checkNames = [
  "version",
  "config",
  "options",
  "database",
  "migrations",
  "credentials",
  "addresses",
  "regions",
  "webhooks",
  "locking",
  "clock",
  "keys",
] as const

export type CheckName = (typeof checkNames)[number]

/**
 * - `fault`: shoppers can't pay, or what they pay is not learnt of as it should
 * - `unknown`: it could not be looked at, so that nothing is known of it
 * - `warning`: it may be wrong, or will be soon
 * - `advice`: all is well as it is
 * - `ok`
 */
export const severities = ["fault", "unknown", "warning", "advice", "ok"] as const

export type Severity = (typeof severities)[number]

/** Where something is changed. */
export type Place = {
  /** Such as `medusa-config.ts`. */
  file: string
  /** Counted from 1; null where the value is made by code, and stands in no line of its own. */
  line: number | null
  /** Such as `options.baseUrl`; empty for the whole. */
  option: string
}

export type Diagnostic = {
  check: CheckName
  severity: Severity
  /** Medusa's id of the provider, such as `pp_mocasa_mocasa`; null for what is the whole shop's. */
  provider: string | null
  /** What is so, in a sentence. Nothing secret. */
  message: string
  /** What to do about it; null where nothing has to be done. */
  remedy: string | null
  place: Place | null
}

export function diagnostic(
  check: CheckName,
  severity: Severity,
  message: string,
  { provider = null, remedy = null, place = null }: Partial<Diagnostic> = {}
): Diagnostic {
  return { check, severity, provider, message, remedy, place }
}

/** What a shell or a CI is told: 0 where nothing is wrong, 1 where something is, 2 where something could not be looked at. */
export function exitCodeOf(diagnostics: readonly Pick<Diagnostic, "severity">[]): 0 | 1 | 2 {
  const has = (severity: Severity) => diagnostics.some((each) => each.severity === severity)
  return has("fault") ? 1 : has("unknown") ? 2 : 0
}
