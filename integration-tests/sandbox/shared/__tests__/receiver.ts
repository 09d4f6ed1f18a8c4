import { closeAfterTest } from "./close-after-test"
import { createServer, type IncomingHttpHeaders } from "node:http"

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Receiver {
  readonly url: string
  readonly received: readonly Received[]
}

/** A merchant's end of webhooks, which ends with the test. `answer` gives the status of the nth request, counted from 0. */
export async function startReceiver(
  answer: (index: number) => { status: number; location?: string } = () => ({ status: 200 })
): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const { status, location } = answer(received.length)
      const body = Buffer.concat(chunks).toString("utf8")
      received.push({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body,
      })
      response.writeHead(status, location === undefined ? {} : { location }).end("ignored")
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  closeAfterTest({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
  return { url: `http://127.0.0.1:${port}/hook`, received }
}
