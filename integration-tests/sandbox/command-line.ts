import { parseArgs } from "node:util"

const DEFAULT_PORT = 4010

export interface CommandLine {
  /** Of the first gateway; the others follow, each at its own place. 0 for any free ports. */
  readonly port: number
  /** `{gateway}` in it stands for the gateway's name. */
  readonly webhookUrl: string | null
  /** Names of gateways, each once; all of them where none is named. */
  readonly only: readonly string[]
}

/** @throws {Error} that says what was wrong and what would be right. */
export function parseCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  gateways: readonly string[]
): CommandLine {
  const values = parseOptions(args)
  return {
    port: parsePort(values.port ?? env["PORT"] ?? String(DEFAULT_PORT), gateways.length),
    webhookUrl: values["webhook-url"] ?? null,
    only: parseOnly(values.only, gateways),
  }
}

function parseOptions(args: readonly string[]) {
  try {
    const text = { type: "string" } as const
    const options = { port: text, "webhook-url": text, only: text }
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `${reason}. There are --port <number>, --only <gateway>,<gateway> and --webhook-url <url>`,
      { cause: error }
    )
  }
}

function parsePort(text: string, count: number): number {
  const port = Number(text)
  const highest = 65536 - count
  if (/^\d+$/.test(text) && port <= highest) return port
  throw new Error(`A port is a number from 0 (any free ports) to ${highest}, not "${text}"`)
}

function parseOnly(text: string | undefined, gateways: readonly string[]): readonly string[] {
  if (text === undefined) return gateways
  const names = text.split(",").map((name) => name.trim().toLowerCase())
  const unknown = names.find((name) => !gateways.includes(name))
  if (unknown !== undefined) {
    throw new Error(`There is no gateway "${unknown}". There are ${gateways.join(", ")}`)
  }
  return gateways.filter((name) => names.includes(name))
}
