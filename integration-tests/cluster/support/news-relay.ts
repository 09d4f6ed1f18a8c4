import { createServer, type IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"
import type { Relay } from "../../http/support/relay"

/** One address for all the gateways' messages, in front of several servers. */
export type NewsRelay = Relay & {
  /** Where messages go from now on: to one server after the other, or each to all of them at the same time. */
  deliver(to: { servers: readonly string[]; toAll?: boolean }): void
  /** The share of messages that no server sees, and whose gateway takes them for delivered; 0 is none. */
  lose(share: number): void
  /** How many were lost so. */
  lost(): number
}

export async function startNewsRelay(): Promise<NewsRelay> {
  let servers: readonly string[] = []
  let toAll = false
  let isPaused = false
  let share = 0
  let messages = 0
  let lost = 0
  let turn = 0

  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) {
      chunks.push(Buffer.from(chunk))
    }
    if (isPaused || servers.length === 0) {
      outgoing.writeHead(503).end()
      return
    }
    messages += 1
    // Spread evenly, and the same in each run: the tenth of ten where the share is 0.1.
    if (Math.floor(messages * share) > Math.floor((messages - 1) * share)) {
      lost += 1
      outgoing.writeHead(200).end()
      return
    }
    const { url = "/", method = "POST", headers } = incoming
    turn += 1
    const targets = toAll ? servers : [servers[turn % servers.length]!]
    const statuses = await Promise.all(
      targets.map((target) => pass(new URL(url, target), method, headers, Buffer.concat(chunks)))
    )
    // Where one server did not take it, the gateway sends it again.
    outgoing.writeHead(Math.max(...statuses)).end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    sendTo: (target) => {
      servers = [target]
    },
    deliver: (to) => {
      servers = to.servers
      toAll = to.toAll ?? false
    },
    lose: (some) => {
      share = some
      messages = 0
      lost = 0
    },
    lost: () => lost,
    pause: (isSo) => {
      isPaused = isSo
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The status that the server answered with; 502 where none came. */
async function pass(
  url: URL,
  method: string,
  {
    "content-length": _length,
    connection: _connection,
    host: _host,
    ...headers
  }: IncomingHttpHeaders,
  body: Buffer
): Promise<number> {
  const onward = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  try {
    const answer = await fetch(url, {
      method,
      headers: onward,
      body: method === "GET" ? undefined : body,
      redirect: "manual",
    })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return 502
  }
}
