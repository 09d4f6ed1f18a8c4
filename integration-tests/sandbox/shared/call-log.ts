import { mediaType, parseForm, parseJson } from "./server"
import type { SandboxRequest } from "./server"

export interface ReceivedCall {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Of the query and of the form or JSON body; what is secret is `***`. */
  readonly fields: Readonly<Record<string, unknown>>
  /** ISO 8601. */
  readonly at: string
}

export interface CallLogOptions {
  readonly now: () => number
  readonly secretFields: readonly string[]
  /** Names of the headers worth keeping, in lower case. */
  readonly headers: readonly string[]
}

/** Every call that reached the gateway, also those it refused or that a fault swallowed. */
export class CallLog {
  readonly #calls: ReceivedCall[] = []
  readonly #options: CallLogOptions

  constructor(options: CallLogOptions) {
    this.#options = options
  }

  record(request: SandboxRequest): void {
    this.#calls.push({
      method: request.method,
      path: request.path,
      headers: this.#headersOf(request),
      fields: this.#maskedFieldsOf(request),
      at: new Date(this.#options.now()).toISOString(),
    })
  }

  list(path?: string): readonly ReceivedCall[] {
    return this.#calls.filter((call) => path === undefined || call.path === path)
  }

  count(path?: string): number {
    return this.list(path).length
  }

  clear(): void {
    this.#calls.length = 0
  }

  #headersOf(request: SandboxRequest): Record<string, string> {
    const kept: Record<string, string> = {}
    for (const name of this.#options.headers) {
      const value = request.headers[name]
      if (value !== undefined) kept[name] = String(value)
    }
    return kept
  }

  #maskedFieldsOf(request: SandboxRequest): Record<string, unknown> {
    const fields = { ...Object.fromEntries(request.query), ...bodyFields(request) }
    for (const name of this.#options.secretFields) {
      if (name in fields) fields[name] = "***"
    }
    return fields
  }
}

function bodyFields(request: SandboxRequest): Record<string, unknown> {
  switch (mediaType(request)) {
    case "application/x-www-form-urlencoded": {
      const form = parseForm(request.body)
      return "fields" in form ? form.fields : {}
    }
    case "application/json": {
      const value = parseJson(request.body.toString("utf8"))
      return typeof value === "object" && value !== null ? { ...value } : {}
    }
    default:
      return {}
  }
}
