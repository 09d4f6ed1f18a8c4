import { spawn } from "node:child_process"
import { once } from "node:events"
import { SetupProblem } from "local-postgres"
import { heldPort } from "./ports.mjs"

/**
 * The Redis of REDIS_URL, or one of its own on this machine that keeps nothing.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function redisFrom({ REDIS_URL: url }) {
  if (url) return { url, stop: async () => {} }
  const { port, release } = await heldPort()
  await release()
  const keepsNothing = ["--save", "", "--appendonly", "no"]
  const server = spawn(
    "redis-server",
    ["--bind", "127.0.0.1", "--port", String(port), ...keepsNothing],
    // A process group of its own: Ctrl-C reaches only us, and we stop things in order.
    { stdio: ["ignore", "pipe", "ignore"], detached: true }
  )
  await new Promise((resolve, reject) => {
    server.once("error", () => reject(noRedis()))
    server.once("exit", () => reject(noRedis()))
    server.stdout.on("data", (text) => {
      if (String(text).includes("Ready to accept connections")) resolve(undefined)
    })
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const ended = once(server, "exit")
      server.kill()
      await ended
    },
  }
}

function noRedis() {
  return new SetupProblem(
    "Several servers need a Redis, and redis-server could not be started. Install it (Debian: apt-get install redis-server), " +
      "or name one whose database is nobody else's: REDIS_URL=redis://localhost:6379/5 npm run demo -- --cluster"
  )
}
