import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http"

export type ReceivedRequest = {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export type HttpListener = {
  readonly url: string
  readonly received: readonly ReceivedRequest[]
  close(): Promise<void>
}

/** Keeps every byte that is sent to it and answers 200: the shop's end of webhooks, or a host nobody should call. */
export async function listen(): Promise<HttpListener> {
  const received: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      received.push(asReceived(request, Buffer.concat(chunks)))
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (typeof address !== "object" || address === null) {
    throw new Error("The listener has no port")
  }
  return {
    url: `http://127.0.0.1:${address.port}/`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Of a notification by GET its query stands for the body, as at the plugin's own route. */
function asReceived(
  { method = "", url = "", headers }: IncomingMessage,
  body: Buffer
): ReceivedRequest {
  if (method !== "GET") {
    return { method, headers, body }
  }
  const [, query = ""] = url.split("?", 2)
  return { method, headers, body: Buffer.from(query) }
}
