import { createServer, request, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import type { Relay } from "../support/relay"

/** What becomes of a webhook on its way; the gateway is told that it arrived, but for what `passes`. */
export const webhookFates = ["passes", "is lost", "comes twice", "comes late"] as const

export type WebhookFate = (typeof webhookFates)[number]

export type UnreliableRelay = Relay & {
  /** How many webhooks each fate has met. */
  readonly met: ReadonlyMap<WebhookFate, number>
  /** Sends what is late, the last first, and resolves when the shop has answered. */
  release(): Promise<void>
}

type Message = {
  method: string
  path: string
  headers: IncomingMessage["headers"]
  body: Buffer
}

/** So many that are late wait for each other, so that they come in another order. */
const mostLate = 3

/** An address for the webhooks of all gateways, behind which anything can become of them. */
export async function startUnreliableRelay(nextFate: () => WebhookFate): Promise<UnreliableRelay> {
  let target: URL | undefined
  let isPaused = false
  let late: Message[] = []
  const met = new Map<WebhookFate, number>()

  const server = createServer((incoming, outgoing) => {
    void read(incoming).then(async (message) => {
      const fate = nextFate()
      met.set(fate, (met.get(fate) ?? 0) + 1)
      outgoing.writeHead(await meet(fate, message)).end()
    })
  })

  async function meet(fate: WebhookFate, message: Message): Promise<number> {
    switch (fate) {
      case "passes":
        return await deliver(message)
      case "is lost":
        return 200
      case "comes twice":
        await Promise.all([deliver(message), deliver(message)])
        return 200
      case "comes late":
        late.push(message)
        if (late.length >= mostLate) {
          await release()
        }
        return 200
    }
  }

  async function release(): Promise<void> {
    const messages = late.reverse()
    late = []
    for (const message of messages) {
      await deliver(message)
    }
  }

  /** The status that the shop answered; 502 where it is not there. */
  function deliver({ method, path, headers, body }: Message): Promise<number> {
    return new Promise((resolve) => {
      if (!target || isPaused) {
        resolve(503)
        return
      }
      const onward = request(new URL(path, target), { method, headers }, (answer) => {
        answer.resume()
        answer.on("error", () => resolve(502))
        answer.on("end", () => resolve(answer.statusCode ?? 502))
      })
      onward.on("error", () => resolve(502))
      onward.end(body)
    })
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    met,
    release,
    sendTo: (address) => {
      target = new URL(address)
    },
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

async function read(incoming: IncomingMessage): Promise<Message> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) {
    chunks.push(Buffer.from(chunk))
  }
  const { method = "POST", url: path = "/", headers } = incoming
  return { method, path, headers, body: Buffer.concat(chunks) }
}
