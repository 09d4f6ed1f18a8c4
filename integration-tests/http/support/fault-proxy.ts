import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/**
 * What goes wrong between the shop and a gateway, and whether the gateway has acted by then.
 * `refuse` closes the gateway's address for every call until it is cleared; each other strikes one call.
 */
export const proxyFaults = [
  { kind: "refuse", acts: false },
  { kind: "reset before the request is read", acts: false },
  { kind: "reset after the gateway acted", acts: true },
  { kind: "black hole before the gateway", acts: false },
  { kind: "black hole after the gateway acted", acts: true },
  { kind: "half an answer", acts: true },
  { kind: "slow drip", acts: true },
  { kind: "duplicate, the first answer comes", acts: true },
  { kind: "duplicate, the second answer comes", acts: true },
  { kind: "wrong JSON instead of acting", acts: false },
  { kind: "wrong JSON after the gateway acted", acts: true },
] as const

export type ProxyFault = (typeof proxyFaults)[number]["kind"]

export type PassingRequest = { method: string; path: string; body: string }

export type FaultProxy = {
  readonly url: string
  /** Strikes the next request that `meets`; others that were armed before wait for theirs. */
  arm(fault: ProxyFault, meets: (passing: PassingRequest) => boolean): Promise<void>
  /** Everything passes again; what still hangs is dropped. */
  clear(): Promise<void>
  /** How many faults have struck since the last `clear`; `refuse` is seen by nobody, and not counted. */
  struck(): number
  close(): Promise<void>
}

type Armed = { fault: Exclude<ProxyFault, "refuse">; meets: (passing: PassingRequest) => boolean }

type Answer = { status: number; headers: IncomingMessage["headers"]; body: Buffer }

const dripEveryMs = 100
/** Somebody on the way drops a connection on which nothing comes; longer than the shop waits for most answers. */
const blackHoleMs = 4_000

/** Stands between the shop and a gateway, and passes on every byte as it is until a fault is armed. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let armed: Armed[] = []
  let struck = 0
  let port = 0
  const server = createServer((incoming, outgoing) => {
    // A shop that gives up is no fault of the proxy's.
    pass(incoming, outgoing).catch(() => outgoing.destroy())
  })
  const listen = () =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()))
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = "GET", url: path = "/", headers } = incoming
    const body = await bytesOf(incoming)
    const onward = () => send(target, { method, path, headers, body })
    const hit = armed.find(({ meets }) => meets({ method, path, body: body.toString() }))
    if (hit) {
      armed = armed.filter((other) => other !== hit)
      struck += 1
      await strike(hit.fault, onward, outgoing)
      return
    }
    reply(outgoing, await onward())
  }

  await listen()
  port = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${port}`,
    arm: async (fault, meets) => {
      if (fault === "refuse") {
        await stop()
      } else {
        armed.push({ fault, meets })
      }
    },
    clear: async () => {
      armed = []
      struck = 0
      if (server.listening) {
        server.closeAllConnections()
      } else {
        await listen()
      }
    },
    struck: () => struck,
    close: async () => {
      if (server.listening) {
        await stop()
      }
    },
  }
}

async function strike(
  fault: Armed["fault"],
  onward: () => Promise<Answer>,
  outgoing: ServerResponse
): Promise<void> {
  switch (fault) {
    case "reset before the request is read":
      outgoing.socket?.resetAndDestroy()
      return
    case "reset after the gateway acted":
      await onward()
      outgoing.socket?.resetAndDestroy()
      return
    case "black hole before the gateway":
      swallow(outgoing)
      return
    case "black hole after the gateway acted":
      await onward()
      swallow(outgoing)
      return
    case "half an answer": {
      const answer = await onward()
      begin(outgoing, answer)
      outgoing.write(answer.body.subarray(0, Math.ceil(answer.body.length / 2)), () =>
        outgoing.socket?.destroy()
      )
      return
    }
    case "slow drip": {
      const answer = await onward()
      begin(outgoing, answer)
      await drip(outgoing, answer.body)
      return
    }
    case "duplicate, the first answer comes": {
      const first = await onward()
      await onward()
      reply(outgoing, first)
      return
    }
    case "duplicate, the second answer comes":
      await onward()
      reply(outgoing, await onward())
      return
    case "wrong JSON instead of acting":
      reply(outgoing, wrongJson)
      return
    case "wrong JSON after the gateway acted":
      await onward()
      reply(outgoing, wrongJson)
  }
}

function swallow(outgoing: ServerResponse): void {
  const timer = setTimeout(() => outgoing.socket?.resetAndDestroy(), blackHoleMs)
  outgoing.once("close", () => clearTimeout(timer))
}

const wrongJson: Answer = {
  status: 200,
  headers: { "content-type": "application/json" },
  body: Buffer.from('{"jsonrpc":"2.0","result":["yes"],"id":null}'),
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) {
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks)
}

function send(
  target: string,
  {
    method,
    path,
    headers,
    body,
  }: { method: string; path: string; headers: IncomingMessage["headers"]; body: Buffer }
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onward = request(
      new URL(path, target),
      { method, headers: { ...headers, connection: "close" } },
      (answer) => {
        bytesOf(answer).then(
          (bytes) =>
            resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: bytes }),
          reject
        )
      }
    )
    onward.on("error", reject)
    onward.end(body)
  })
}

/** The head of an answer, with the length of all of it. */
function begin(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const { "transfer-encoding": _chunked, connection: _connection, ...others } = headers
  outgoing.writeHead(status, { ...others, "content-length": String(body.length) })
}

function reply(outgoing: ServerResponse, answer: Answer): void {
  begin(outgoing, answer)
  outgoing.end(answer.body)
}

async function drip(outgoing: ServerResponse, body: Buffer): Promise<void> {
  for (const byte of body) {
    if (outgoing.destroyed) {
      return
    }
    outgoing.write(Buffer.of(byte))
    await new Promise((resolve) => setTimeout(resolve, dripEveryMs))
  }
  outgoing.end()
}
