import { createServer } from "node:net"
import { networkInterfaces } from "node:os"
import { once } from "node:events"
import { codeOf } from "./problems.mjs"

/**
 * Every address `localhost` may mean on this machine. The server listens on all of them, because a
 * client that is told `localhost` may try ::1 first.
 *
 * @returns {string[]}
 */
export function loopbackAddresses(interfaces = networkInterfaces()) {
  const addresses = Object.values(interfaces).flatMap((entries) => entries ?? [])
  return addresses.some(({ address }) => address === "::1") ? ["127.0.0.1", "::1"] : ["127.0.0.1"]
}

/**
 * A port that nobody listens on, on any of the addresses: one that is free on 127.0.0.1 alone would
 * send half of the clients of `localhost` to a stranger.
 *
 * @param {string[]} addresses
 * @returns {Promise<number>}
 */
export async function freePort(addresses) {
  for (;;) {
    const port = await tryPort(addresses)
    if (port !== undefined) return port
  }
}

/** @param {string[]} addresses */
async function tryPort(addresses) {
  const servers = []
  let port = 0
  try {
    for (const host of addresses) {
      const server = createServer().listen({ host, port, exclusive: true })
      servers.push(server)
      await once(server, "listening")
      const bound = server.address()
      if (bound !== null && typeof bound === "object") port = bound.port
    }
    return port
  } catch (error) {
    if (codeOf(error) === "EADDRINUSE" && port !== 0) return undefined
    throw error
  } finally {
    for (const server of servers) server.close()
  }
}
