import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { freePort } from "../../integration-tests/http/support/child-store"

const root = path.join(__dirname, "..", "..")
const program = require.resolve("@medusajs/cli/cli.js")

/** What one start took, until the server answers; its processor time and its memory at that moment. */
export type Start = { seconds: number; cpuSeconds: number; residentMb: number }

export type StartedShop = { name: string; starts: Start[] }

/** A shop's config with all of the plugin that a shop with one gateway has, and the same without it. */
const configs = {
  without: { plugins: "[]", providers: "[]" },
  with: {
    plugins: "[regionalPayments()]",
    providers: `[mocasa({
      baseUrl: "http://127.0.0.1:9",
      clientKey: "benchmark-key",
      clientSecret: "benchmark-secret",
      returnUrl: "http://127.0.0.1/return",
    })]`,
  },
} as const

/**
 * Starts a shop without the plugin and one with it, as it was built, in turns, each in a process of its own on a
 * migrated database of its own.
 */
export async function startedShops(
  rounds: number,
  createDatabase: (name: string) => Promise<string>
): Promise<StartedShop[]> {
  const shops: (StartedShop & { folder: string; env: NodeJS.ProcessEnv })[] = []
  try {
    for (const [name, config] of Object.entries(configs)) {
      const folder = await shopFolder(name, config)
      const databaseUrl = await createDatabase(`start_${name}_${process.pid}`)
      const env = { ...process.env, DATABASE_URL: databaseUrl, MEDUSA_DISABLE_TELEMETRY: "1" }
      shops.push({ name, starts: [], folder, env })
      await migrated(folder, env)
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const { starts, folder, env } of round % 2 === 0 ? shops : [...shops].reverse()) {
        starts.push(await started(folder, env))
      }
    }
    return shops
  } finally {
    await Promise.all(shops.map(({ folder }) => rm(folder, { recursive: true })))
  }
}

/** Below this repository's, whose packages it finds. */
async function shopFolder(
  name: string,
  { plugins, providers }: { plugins: string; providers: string }
): Promise<string> {
  const folder = path.join(root, ".cache", `start-${process.pid}-${name}`)
  await mkdir(folder, { recursive: true })
  // Medusa's commands want to be told that it is a project of theirs.
  const manifest = { name, version: "1.0.0", dependencies: { "@medusajs/medusa": "*" } }
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest))
  await writeFile(
    path.join(folder, "medusa-config.js"),
    `const { defineConfig } = require("@medusajs/framework/utils")
${name === "with" ? 'const { mocasa, regionalPayments } = require("medusa-regional-payments")' : ""}
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: "http://localhost",
      adminCors: "http://localhost",
      authCors: "http://localhost",
      jwtSecret: "only-for-benchmarks",
      cookieSecret: "only-for-benchmarks",
    },
  },
  admin: { disable: true },
  plugins: ${plugins},
  modules: [{ resolve: "@medusajs/medusa/payment", options: { providers: ${providers} } }],
})
`
  )
  return folder
}

async function migrated(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { child, said } = medusa(folder, env, [
    "db:migrate",
    "--skip-scripts",
    "--execute-safe-links",
  ])
  const [code] = await once(child, "exit")
  if (code !== 0) {
    throw new Error(`The shop in ${folder} could not be migrated:\n${said.join("").slice(-4_000)}`)
  }
}

async function started(folder: string, env: NodeJS.ProcessEnv): Promise<Start> {
  const port = await freePort()
  const begun = performance.now()
  const { child, said } = medusa(folder, env, ["start", "--host", "127.0.0.1", "-p", String(port)])
  const ended = once(child, "exit")
  try {
    while (!(await answers(`http://127.0.0.1:${port}/health`))) {
      if (child.exitCode !== null || child.pid === undefined) {
        throw new Error(`The shop in ${folder} did not start:\n${said.join("").slice(-4_000)}`)
      }
      await sleep(20)
    }
    const seconds = (performance.now() - begun) / 1_000
    return { seconds, ...(await usedBy(child.pid ?? 0)) }
  } finally {
    child.kill("SIGKILL")
    await ended
  }
}

function medusa(folder: string, env: NodeJS.ProcessEnv, words: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    env: { ...env, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (bytes) => said.push(String(bytes)))
  }
  return { child, said }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

/** Assumption: Linux, whose clock of processes ticks a hundred times a second. */
async function usedBy(pid: number): Promise<Pick<Start, "cpuSeconds" | "residentMb">> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8")
  // Behind the program's name, which may hold blanks: user and system are the twelfth and the thirteenth.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  const ticks = Number(fields[11]) + Number(fields[12])
  const status = await readFile(`/proc/${pid}/status`, "utf8")
  const resident = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1])
  return { cpuSeconds: ticks / 100, residentMb: resident / 1_024 }
}
