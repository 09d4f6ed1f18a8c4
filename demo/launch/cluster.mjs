import { startBalancer } from "./balancer.mjs"
import { heldPort } from "./ports.mjs"
import { startStore } from "./store.mjs"

/** Each a process of its own: what they share is in PostgreSQL and Redis. */
const MEMBERS = [
  { name: "server-1", mode: "server" },
  { name: "server-2", mode: "server" },
  { name: "worker", mode: "worker" },
]

/**
 * Two servers that answer in turn at one address, and a worker that runs the jobs.
 *
 * @param {import("./store.mjs").Running & { port: number }} shop
 * @returns {ReturnType<typeof startStore>} as of one server; it has died when one of them has
 */
export async function startCluster({ port, ...running }) {
  /** @type {(() => Promise<void>)[]} */
  const stops = []
  const stop = async () => {
    await Promise.all(stops.map((end) => end()))
  }
  try {
    // All of them: one that still boots when another has failed has to be stopped as well.
    const booted = await Promise.allSettled(
      MEMBERS.map(async ({ name, mode }) => {
        const own = await heldPort()
        await own.release()
        const env = { ...running.env, MEDUSA_WORKER_MODE: mode }
        const store = await startStore({ ...running, env, name, port: own.port })
        stops.push(store.stop)
        return { ...store, mode, port: own.port }
      })
    )
    const members = booted.map((boot) => {
      if (boot.status === "rejected") throw boot.reason
      return boot.value
    })
    const servers = members.filter(({ mode }) => mode === "server")
    const balancer = await startBalancer(
      port,
      servers.map((server) => server.port)
    )
    stops.unshift(balancer.stop)
    const died = Promise.race(members.map((member) => member.died))
    died.catch(() => {})
    const [first] = servers
    if (!first) throw new Error("There is no server")
    return { log: first.log, died, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
