import { createServer, request, type IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"
import type { Relay } from "../../http/support/relay"

type Letter = { method: string; path: string; headers: IncomingHttpHeaders; body: Buffer }

/**
 * Takes every webhook from the gateways, so that whoever holds it decides what becomes of it: delivered late,
 * out of order, more than once, to another server, or never.
 */
export type PostOffice = Relay & {
  readonly waiting: number
  /** Takes one out, counted round and round; undefined where none waits. */
  take(index: number): Letter | undefined
  /** Answers with the shop's status; rejects where the connection breaks. */
  deliver(letter: Letter, to?: string): Promise<number>
}

export async function startPostOffice(): Promise<PostOffice> {
  let target = ""
  const letters: Letter[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk))
    incoming.on("end", () => {
      const { method = "POST", url: path = "/", headers } = incoming
      letters.push({ method, path, headers, body: Buffer.concat(chunks) })
      outgoing.writeHead(200).end("success")
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    sendTo: (address) => {
      target = address
    },
    get waiting() {
      return letters.length
    },
    take: (index) => letters.splice(index % Math.max(1, letters.length), 1)[0],
    deliver: (letter, to = target) => deliver(letter, to),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function deliver({ method, path, headers, body }: Letter, to: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const onward = request(new URL(path, to), { method, headers }, (answer) => {
      answer.resume()
      answer.on("end", () => resolve(answer.statusCode ?? 0))
      answer.on("error", reject)
    })
    onward.on("error", reject)
    onward.end(body)
  })
}
