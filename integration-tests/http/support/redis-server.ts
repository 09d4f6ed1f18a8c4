import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { onFreePort } from "./child-store"

export type RedisServer = {
  readonly url: string
  stop(): Promise<void>
}

/**
 * Why there is no Redis; undefined where REDIS_URL names one, or where there is the program, or it could be installed:
 * Debian's, by root.
 */
export function lackOfRedis(): string | undefined {
  found ??= { lack: lookForRedis() }
  return found.lack
}

/** Looked for once: where apt-get has no network, each try takes its time. */
let found: { lack: string | undefined } | undefined

function lookForRedis(): string | undefined {
  if (process.env.REDIS_URL !== undefined || hasProgram()) {
    return undefined
  }
  const missing = "there is no redis-server and no REDIS_URL"
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    return `${missing}; install it (on Debian and Ubuntu: apt-get install redis-server)`
  }
  // Where the lists can't be had anew, those that there are may do.
  aptGet("update")
  const { status, stderr, error } = aptGet("install", "-y", "--no-install-recommends", program)
  const said = error?.message ?? stderr.trim().split("\n").at(-1)
  return status === 0 ? undefined : `${missing}, and apt-get could not install it: ${said}`
}

function aptGet(...command: readonly string[]) {
  return spawnSync("apt-get", command, {
    encoding: "utf8",
    timeout: 180_000,
    // RUNLEVEL: Debian then starts no Redis of its own.
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
  })
}

const program = "redis-server"

function hasProgram(): boolean {
  return spawnSync(program, ["--version"]).status === 0
}

/** The Redis of REDIS_URL, whose database should be nobody else's, or one of the tests' own as below. */
export async function sharedRedis(): Promise<RedisServer> {
  const { REDIS_URL: url } = process.env
  return url === undefined ? await startRedisServer() : { url, stop: async () => undefined }
}

/** A Redis of the tests' own, on loopback and without files. */
async function startRedisServer(): Promise<RedisServer> {
  const lack = lackOfRedis()
  if (lack) {
    throw new Error(lack)
  }
  return await onFreePort(startOn)
}

async function startOn(port: number): Promise<RedisServer> {
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
  const server = spawn(program, settings, { stdio: ["ignore", "pipe", "inherit"] })
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

async function isReady(server: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let said = ""
    server.once("error", reject)
    // All that it says has come by then.
    server.once("close", (code) => reject(new Error(`redis-server ended with ${code}: ${said}`)))
    server.stdout?.on("data", (bytes) => {
      said += String(bytes)
      if (said.includes("Ready to accept connections")) {
        resolve()
      }
    })
  })
}
