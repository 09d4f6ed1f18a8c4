/** A gateway's sandbox as a person starts and tries it. */
export interface ByHand {
  /** As in `--only`. */
  readonly name: string
  /** What a person calls the gateway. */
  readonly title: string
  /** @throws {PortTakenError} */
  start(settings: HandSettings): Promise<RunningSandbox>
}

interface HandSettings {
  /** 0 for any free port. */
  readonly port: number
  /** Where webhooks go; null for where each order says, or nowhere. */
  readonly webhookUrl: string | null
}

export interface RunningSandbox {
  /** Without a slash at the end. */
  readonly url: string
  readonly credentials: Readonly<Record<string, string>>
  readonly examples: readonly Example[]
  close(): Promise<void>
}

/** Calls that can be made one after the other, each once. */
interface Example {
  /** With a capital, and a colon behind it in print. */
  readonly what: string
  readonly calls: readonly Call[]
}

/** What a person needs in order to use the sandbox: its credentials, and commands that work as they stand. */
export function howTo(title: string, { url, credentials, examples }: RunningSandbox): string {
  const width = Math.max(...Object.keys(credentials).map((name) => name.length))
  return [
    `${title} sandbox   ${url}`,
    indented(
      Object.entries(credentials)
        .map(([name, value]) => `${name.padEnd(width)}  ${value}`)
        .join("\n")
    ),
    ...examples.flatMap(({ what, calls }) => [
      `${what}:`,
      indented(calls.map((call) => curlOf(url, call)).join("\n")),
    ]),
  ].join("\n\n")
}

/** What is the same for all of them. */
export function howToMisbehave(running: readonly Pick<RunningSandbox, "url">[]): string {
  const url = running[0]?.url ?? ""
  const json = "content-type: application/json"
  return `Of any of them: a fault for its next call, what it was asked, and where its webhooks go:

  curl -s ${url}/_sandbox/faults -H "${json}" -d '{"kind": "answer-lost", "path": "*"}'
  curl -s ${url}/_sandbox/calls
  curl -s ${url}/_sandbox/webhook -H "${json}" -d '{"url": "http://localhost:9000/hooks"}'

Ctrl-C ends them; their orders are then forgotten.`
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ")
}

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

type Body = { readonly form: Readonly<Record<string, string>> } | { readonly json: string }

interface Kept {
  readonly variable: string
  readonly field: string
}

const contentTypes = {
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

/** The call as a command for a POSIX shell, an option to a line. */
export function curlOf(url: string, { method, target, headers, body, keeps }: Call): string {
  // With a body curl posts by itself.
  const post = method === "POST" && !body ? "-X POST " : ""
  const options = [
    ...Object.entries(headers ?? {}).map(([name, value]) => `-H ${inDouble(`${name}: ${value}`)}`),
    ...(body && "json" in body
      ? [
          `-H ${inSingle(`content-type: ${contentType(body)}`)}`,
          `--data-raw ${inSingle(body.json)}`,
        ]
      : []),
    ...(body && "form" in body
      ? Object.entries(body.form).map(([name, value]) => dataOf(`${name}=${value}`))
      : []),
  ]
  const command = [`curl -s ${post}${inSingle(url + target)}`, ...options].join(" \\\n  ")
  return keeps ? `${keeps.variable}=$(${command} | ${sedOf(keeps)})` : command
}

/** curl percent-encodes what stands behind the first `=`. */
function dataOf(field: string): string {
  return `--data-urlencode ${inSingle(field)}`
}

function sedOf({ field }: Kept): string {
  return `sed -n ${inSingle(`s/.*"${field}":"\\([^"]*\\)".*/\\1/p`)}`
}

/** Nothing in it means anything to the shell. */
function inSingle(text: string): string {
  return /^[\w:/.?&=%+@,-]+$/.test(text) && !/[?&]/.test(text)
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`
}

/** `$NAME` is what was kept before; nothing else in it means anything to the shell. */
function inDouble(text: string): string {
  return `"${text.replaceAll(/[\\"`]/g, "\\$&").replaceAll(/\$(?![A-Z])/g, "\\$")}"`
}
