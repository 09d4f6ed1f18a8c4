import { createServer, request } from "node:http"
import type { AddressInfo } from "node:net"

export type Relay = {
  readonly url: string
  /** Where everything goes from now on; before that it is answered by 503. */
  sendTo(target: string): void
  /** Answers all by 503, as before it knew of a target, until it is told to go on. */
  pause(isPaused: boolean): void
  close(): Promise<void>
}

/**
 * An address that is known before the store has one: gateways are told where to notify when the store
 * boots, and it is given its port only then. It passes on every byte as it is.
 *
 * @param onAnswer told of what the store answers
 */
export async function startRelay(
  onAnswer: (path: string, status: number) => void = () => undefined
): Promise<Relay> {
  let target: URL | undefined
  let isPaused = false
  const server = createServer((incoming, outgoing) => {
    if (!target || isPaused) {
      outgoing.writeHead(503).end()
      return
    }
    const { method, headers, url = "/" } = incoming
    const onward = request(new URL(url, target), { method, headers }, (answer) => {
      onAnswer(url, answer.statusCode ?? 502)
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on("error", () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
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
