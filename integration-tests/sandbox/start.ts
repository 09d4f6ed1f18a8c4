import type { RunningSandbox } from "./by-hand/by-hand"
import { howTo, howToMisbehave } from "./by-hand/by-hand"
import { gateways } from "./by-hand"
import { parseCommandLine, type CommandLine } from "./command-line"
import { PortTakenError } from "./shared/server"

async function main(): Promise<void> {
  const names = gateways.map(({ name }) => name)
  const running: RunningSandbox[] = []
  const closeAll = async () => {
    await Promise.all(running.splice(0).map((sandbox) => sandbox.close()))
  }
  process.on("SIGINT", () => void closeAll())
  process.on("SIGTERM", () => void closeAll())
  try {
    await startAll(parseCommandLine(process.argv.slice(2), process.env, names), running)
  } catch (error) {
    await closeAll()
    throw error
  }
  console.log(`\n${howToMisbehave(running)}\n`)
}

async function startAll(
  { port, webhookUrl, only }: CommandLine,
  running: RunningSandbox[]
): Promise<void> {
  for (const [place, { name, title, start }] of gateways.entries()) {
    if (!only.includes(name)) continue
    const sandbox = await start({
      port: port === 0 ? 0 : port + place,
      webhookUrl: webhookUrl?.replaceAll("{gateway}", name) ?? null,
    })
    running.push(sandbox)
    console.log(`\n${howTo(title, sandbox)}\n`)
  }
}

function explain(error: unknown): string {
  if (error instanceof PortTakenError) {
    return (
      `${error.message}. Stop that program, or choose other ports: ` +
      `--port ${error.port + gateways.length}`
    )
  }
  return `The sandboxes could not start: ${error instanceof Error ? error.message : String(error)}`
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exitCode = 1
})
