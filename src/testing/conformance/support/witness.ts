import { inspect } from "node:util"
import type { Logger } from "@medusajs/framework/types"

export type Where = "logged" | "thrown" | "returned" | "stored"

type Seen = { readonly where: Where; readonly text: string }
type Leak = { readonly where: Where; readonly mark: string; readonly text: string }

/**
 * Keeps everything that left the provider, as a person would meet it: what was logged, thrown, returned or
 * stored. What must not be in it is searched for at the end.
 */
export class Witness {
  readonly #records: Seen[] = []
  readonly #secrets = new Set<string>()

  /** Texts that nobody may read anywhere. */
  get secrets(): readonly string[] {
    return [...this.#secrets]
  }

  mustHide(secrets: readonly string[]): void {
    secrets.forEach((secret) => this.#secrets.add(secret))
  }

  saw(where: Where, value: unknown): void {
    this.#records.push({ where, text: printed(value) })
  }

  /** Hands on what a call answers or throws, and remembers it. */
  async watch<Answer>(call: Promise<Answer>): Promise<Answer> {
    try {
      const answer = await call
      this.saw("returned", answer)
      return answer
    } catch (error) {
      this.saw("thrown", error)
      throw error
    }
  }

  count(where: Where): number {
    return this.#records.filter((record) => record.where === where).length
  }

  /** Where any of the texts was seen: as it is, in another case, percent-encoded, in hex or in base64. */
  leaks(marks: readonly string[], wheres: readonly Where[]): Leak[] {
    const searched = this.#records
      .filter(({ where }) => wheres.includes(where))
      .map(({ where, text }) => ({ where, text, lowerCase: text.toLowerCase() }))
    return marks.flatMap((mark) => {
      const forms = formsOf(mark).map((form) => form.toLowerCase())
      return searched
        .filter(({ lowerCase }) => forms.some((form) => lowerCase.includes(form)))
        .map(({ where, text }) => ({ where, mark, text }))
    })
  }
}

/** Hidden properties, causes and stacks included; as a whole, because a log may print any part of it. */
function printed(value: unknown): string {
  const limits = { maxStringLength: null, maxArrayLength: null, breakLength: Infinity }
  const seen = inspect(value, { depth: null, showHidden: true, getters: true, ...limits })
  return `${seen}\n${asJson(value)}`
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ""
  } catch {
    return "" // a circle: inspect has shown it
  }
}

/** In base64 a text looks different at each of three offsets; what its neighbours touch is cut off. */
function formsOf(mark: string): string[] {
  const bytes = Buffer.from(mark, "utf8")
  const base64 = [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64")
    return shifted.replace(/=+$/, "").slice(offset === 0 ? 0 : 4, -2)
  })
  return [mark, encodeURIComponent(mark), bytes.toString("hex"), ...base64]
}

type LogLine = { readonly level: string; readonly said: readonly unknown[] }

/** Medusa's logger, at every level, with what was said as it was given, so that objects can be looked into. */
export function recordingLogger(record: (line: LogLine) => void): Logger {
  const at =
    (level: string) =>
    (...said: unknown[]): void =>
      record({ level, said })
  return {
    panic: at("panic"),
    error: at("error"),
    warn: at("warn"),
    info: at("info"),
    http: at("http"),
    verbose: at("verbose"),
    debug: at("debug"),
    silly: at("silly"),
    log: at("log"),
    failure: at("failure"),
    activity: (...said) => {
      record({ level: "activity", said })
      return "activity"
    },
    progress: at("progress"),
    success: (...said) => {
      record({ level: "success", said })
      return {}
    },
    shouldLog: () => true,
    setLogLevel: () => undefined,
    unsetLogLevel: () => undefined,
  }
}
