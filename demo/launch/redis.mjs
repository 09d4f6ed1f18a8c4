import { connect } from "node:net"
import { once } from "node:events"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { SetupProblem } from "local-postgres"
import { start, untilReady } from "./child.mjs"
import { heldPort } from "./ports.mjs"

const HOST = "127.0.0.1"
const HOLDER = fileURLToPath(new URL("./hold-redis.mjs", import.meta.url))
const KEEPS_NOTHING = ["--save", "", "--appendonly", "no"]

/**
 * The Redis of REDIS_URL, or one of its own on this machine that keeps nothing and ends with this process.
 *
 * @param {object} options
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} options.logs folder for what it prints
 * @param {AbortSignal} options.signal
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function redisFrom({ env, logs, signal }) {
  if (env.REDIS_URL) return { url: env.REDIS_URL, stop: async () => {} }
  const { port, release } = await heldPort()
  await release()
  const server = start({
    what: "Redis",
    script: HOLDER,
    args: ["--bind", HOST, "--port", String(port), ...KEEPS_NOTHING],
    cwd: process.cwd(),
    env,
    log: join(logs, "redis.log"),
  })
  try {
    await untilReady(server, () => isListening(port), signal)
  } catch (error) {
    throw error instanceof SetupProblem ? noRedis() : error
  }
  return { url: `redis://${HOST}:${port}`, stop: server.stop }
}

/** @param {number} port */
async function isListening(port) {
  const socket = connect(port, HOST)
  try {
    await once(socket, "connect")
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

function noRedis() {
  return new SetupProblem(
    "Several servers need a Redis, and redis-server could not be started. Install it (Debian: apt-get install redis-server), " +
      "or name one whose database is nobody else's: REDIS_URL=redis://localhost:6379/5 npm run demo -- --cluster"
  )
}
