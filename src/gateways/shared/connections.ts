/** The connections to a gateway, direct or through the shop's proxy, and how they are secured. */

import { Agent, type Dispatcher, errors, Pool, ProxyAgent } from "undici"
import type { Secret } from "./secret"

/** In milliseconds, as `GatewayTimeouts` has them. */
type ConnectionTimeouts = { connectMs: number; idleMs: number }

/**
 * @param proxy the address of an HTTP proxy, which may hold a user name and a password: it is asked to tunnel (`CONNECT`),
 * so that it sees neither a call nor its answer where the gateway's address is https
 */
export function gatewayConnections(
  { connectMs, idleMs }: ConnectionTimeouts,
  proxy?: Secret
): Dispatcher {
  const connect = {
    timeout: connectMs,
    autoSelectFamily: true,
    // Node gives up an address after 250 ms, less than a round trip to another continent takes.
    autoSelectFamilyAttemptTimeout: Math.max(250, Math.round(connectMs / 3)),
    minVersion: "TLSv1.2",
    // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED=0 can't switch it off.
    rejectUnauthorized: true,
  } as const
  const options = {
    keepAliveTimeout: idleMs,
    keepAliveMaxTimeout: idleMs,
    // Each call's exchange has timers of its own for its phases.
    headersTimeout: 0,
    bodyTimeout: 0,
  }
  if (proxy === undefined) {
    return new Agent({ ...options, connect })
  }
  return new ProxyAgent({
    ...options,
    uri: proxy.reveal(),
    requestTls: connect,
    proxyTls: connect,
    // Longer than a call waits for its connection, so that the call ends first and knows how far it came.
    clientFactory: (origin, toProxy) =>
      tunnelPool(new Pool(origin, { ...toProxy, headersTimeout: 2 * connectMs })),
  })
}

/** The code where a proxy made no tunnel: it was told the gateway's host, and nothing else left this server. */
export const proxyRefused = "ERR_PROXY_REFUSED"

/**
 * Connections to the proxy, whose refusals are told by a code of our own. undici would try again without end where the
 * proxy closes a connection instead of answering.
 */
function tunnelPool(pool: Pool): Dispatcher {
  const connect = pool.connect.bind(pool)
  return Object.assign(pool, {
    connect: async (options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
      const tunnel = await connect(options).catch((error: unknown) => {
        throw error instanceof errors.SocketError ? refusedByProxy() : error
      })
      if (tunnel.statusCode !== 200) {
        tunnel.socket.on("error", () => undefined).destroy()
        throw refusedByProxy()
      }
      return tunnel
    },
  })
}

/** Without what the proxy wrote. */
function refusedByProxy(): Error {
  return Object.assign(new Error("the proxy made no tunnel"), { code: proxyRefused })
}
