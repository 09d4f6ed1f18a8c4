import { spawn } from "node:child_process"
import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"
import { createRequire } from "node:module"
import path from "node:path"
import { pathToFileURL } from "node:url"

const root = path.join(__dirname, "../../..")
const medusa = createRequire(__filename).resolve("@medusajs/cli/cli.js")
const diesWithParent = pathToFileURL(path.join(root, "demo/launch/dies-with-parent.mjs")).href

/** Booting takes ten seconds on an idle machine, and several that boot at once wait for each other. */
const patienceMs = 480_000
const linesShown = 40

export type ChildStore = {
  readonly url: string
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>
}

/**
 * The store that the specs run, in a process of its own, on a database that has been migrated and seeded. It
 * reads SHOP_PROVIDERS as the store beside it does, and runs the jobs whatever that one does.
 */
export async function startChildStore(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {}
): Promise<ChildStore> {
  return await onFreePort((port) => startOn(port, databaseUrl, environment))
}

async function startOn(
  port: number,
  databaseUrl: string,
  environment: Readonly<Record<string, string>>
): Promise<ChildStore> {
  const command = ["start", "--host", "127.0.0.1", "--port", String(port)]
  const { child, said, ended } = spawnMedusa(databaseUrl, command, environment)
  const url = `http://127.0.0.1:${port}`
  const giveUp = AbortSignal.timeout(patienceMs)
  while (!(await answers(url))) {
    if (child.exitCode !== null || child.signalCode !== null || giveUp.aborted) {
      child.kill("SIGKILL")
      const lines = said.join("").split("\n").slice(-linesShown)
      throw new Error(`The store did not start:\n${lines.join("\n")}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    url,
    kill: async () => {
      child.kill("SIGKILL")
      await ended
    },
  }
}

/** One of Medusa's commands, such as `["db:migrate"]`, in a process of its own, to its end. */
export async function runMedusa(
  databaseUrl: string,
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {}
): Promise<{ exitCode: number | null; output: string }> {
  const { child, said, ended } = spawnMedusa(databaseUrl, command, environment)
  await ended
  return { exitCode: child.exitCode, output: said.join("") }
}

function spawnMedusa(
  databaseUrl: string,
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {}
) {
  const child = spawn(process.execPath, ["--import", diesWithParent, medusa, ...command], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      MEDUSA_WORKER_MODE: "shared",
      MEDUSA_DISABLE_TELEMETRY: "1",
      // Jest's own options make nothing of TypeScript in another process.
      NODE_OPTIONS: "",
      NODE_ENV: "development",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (bytes) => said.push(String(bytes)))
  }
  return { child, said, ended: once(child, "exit") }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok
  } catch {
    return false
  }
}

const portsTried = 5

/** Between finding a free port and listening there somebody else may take it: what fails for that is tried on another. */
export async function onFreePort<Started>(
  start: (port: number) => Promise<Started>
): Promise<Started> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await start(await freePort())
    } catch (error) {
      const isTaken = /EADDRINUSE|address already in use/i.test(String(error))
      if (!isTaken || tried === portsTried) {
        throw error
      }
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
