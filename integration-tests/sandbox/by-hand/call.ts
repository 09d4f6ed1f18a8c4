/** One call of an example, whose bytes are exact: a signature over them stands in the headers or the fields. */
export interface Call {
  readonly method: "GET" | "POST"
  /** With the query, as it is sent. */
  readonly target: string
  /** A value may hold `$TOKEN`, and so on: what an earlier call keeps. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Body
  /** A text of the answer that later calls need: a JSON field, and the shell variable that it is kept in. */
  readonly keeps?: Kept
}

export type Body = { readonly form: Readonly<Record<string, string>> } | { readonly json: string }

export interface Kept {
  readonly variable: string
  readonly field: string
}

export const contentTypes = {
  form: "application/x-www-form-urlencoded",
  json: "application/json",
} as const

export function contentType(body: Body): string {
  return "form" in body ? contentTypes.form : contentTypes.json
}

export function bytesOf(body: Body): string {
  return "form" in body ? new URLSearchParams(body.form).toString() : body.json
}

/** What is kept of an answer; it must be a JSON text without quotes in it. */
export function keptOf({ field }: Kept, answer: string): string | undefined {
  return new RegExp(`"${field}":"([^"]*)"`).exec(answer)?.[1]
}

/** The shopper's part, and what it moved. */
export function payAndLook(payPath: string): readonly Call[] {
  return [
    { method: "POST", target: `/_sandbox/${payPath}` },
    { method: "GET", target: "/_sandbox/ledger" },
  ]
}
