import { parseArgs } from "node:util"

const DEFAULT_PORT = 4010

export interface CommandLine {
  readonly port: number
  readonly webhookUrl: string | null
}

/** @throws {Error} that says what was wrong and what would be right. */
export function parseCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>
): CommandLine {
  const values = parseOptions(args)
  return {
    port: parsePort(values.port ?? env["PORT"] ?? String(DEFAULT_PORT)),
    webhookUrl: values["webhook-url"] ?? null,
  }
}

function parseOptions(args: readonly string[]) {
  try {
    const options = { port: { type: "string" }, "webhook-url": { type: "string" } } as const
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${reason}. There are --port <number> and --webhook-url <url>`, {
      cause: error,
    })
  }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65535) return port
  throw new Error(`A port is a number from 0 (any free port) to 65535, not "${text}"`)
}
