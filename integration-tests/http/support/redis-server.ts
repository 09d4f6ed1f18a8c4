import { execFile, spawn, spawnSync, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { promisify } from "node:util"
import { freePort } from "./child-store"

const run = promisify(execFile)

export type RedisServer = {
  readonly url: string
  stop(): Promise<void>
}

/** Whether there is a Redis without installing anything: one that REDIS_URL names, or the program. */
export function hasRedis(): boolean {
  return (
    process.env.REDIS_URL !== undefined || spawnSync("redis-server", ["--version"]).status === 0
  )
}

/** The Redis of REDIS_URL, whose database should be nobody else's, or one of the tests' own as below. */
export async function sharedRedis(): Promise<RedisServer> {
  const { REDIS_URL: url } = process.env
  return url === undefined ? await startRedisServer() : { url, stop: async () => undefined }
}

/** A Redis of the tests' own, on loopback and without files. Installs it by apt-get where it is missing. */
export async function startRedisServer(): Promise<RedisServer> {
  await requireRedis()
  const port = await freePort()
  const settings = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
  ]
  const server = spawn("redis-server", settings, { stdio: ["ignore", "pipe", "inherit"] })
  await isReady(server)
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const ended = once(server, "exit")
      server.kill()
      await ended
    },
  }
}

async function requireRedis(): Promise<void> {
  try {
    await run("redis-server", ["--version"])
  } catch {
    // RUNLEVEL: Debian then starts no Redis of its own.
    const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" } }
    await run("apt-get", ["update"], options)
    await run("apt-get", ["install", "-y", "--no-install-recommends", "redis-server"], options)
  }
}

async function isReady(server: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)))
    server.stdout?.on("data", (bytes) => {
      if (String(bytes).includes("Ready to accept connections")) {
        resolve()
      }
    })
  })
}
