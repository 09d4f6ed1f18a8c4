import { once } from "node:events"
import { createServer } from "node:net"
import { SetupProblem } from "local-postgres"

/** What a browser may mean by "localhost". */
const LOOPBACK = ["127.0.0.1", "::1"]
const DEFAULT_PORT = 9000

/**
 * The shop's port and the sandboxes' after it.
 *
 * @param {string | undefined} wanted
 * @param {number} count
 */
export async function chosenPorts(wanted, count) {
  const first = Number(wanted || DEFAULT_PORT)
  if (!Number.isInteger(first) || first < 1 || first + count > 65536) {
    throw new SetupProblem(`PORT is "${wanted}"; it must be a number from 1 to ${65536 - count}.`)
  }
  const ports = Array.from({ length: count }, (_, index) => first + index)
  for (const port of ports) {
    if (await isFree(port)) continue
    throw new SetupProblem(
      `Port ${port} is taken by another program. Stop that program, or choose another port: ` +
        `PORT=${first + 10} npm run demo`
    )
  }
  return ports
}

/**
 * A free port that nobody else is given until it is released, however long that takes.
 *
 * @returns {Promise<{ port: number, release: () => Promise<void> }>}
 */
export async function heldPort() {
  const server = createServer((caller) => caller.destroy())
  await once(server.listen(0, LOOPBACK[0]), "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("No port was given")
  return {
    port: address.port,
    async release() {
      if (!server.listening) return
      await once(server.close(), "close")
    },
  }
}

/** @param {number} port */
async function isFree(port) {
  for (const host of LOOPBACK) {
    const server = createServer()
    try {
      await once(server.listen(port, host), "listening")
      await once(server.close(), "close")
    } catch (error) {
      // A machine without IPv6 has nobody there either.
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "EADDRINUSE") return false
    }
  }
  return true
}
