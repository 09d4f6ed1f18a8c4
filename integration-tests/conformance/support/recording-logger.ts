import type { Logger } from "@medusajs/framework/types"

export type LogLine = { readonly level: string; readonly said: readonly unknown[] }

/** Medusa's logger, at every level. */
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
