import http, { type IncomingMessage, type RequestListener } from "node:http"
import net, { type AddressInfo, type Server, type Socket } from "node:net"

export type Loopback = {
  port: number
  url: string
  /** Connections accepted so far. */
  connections: () => number
  /** Resolves when the next connection is closed, from either side. */
  nextClose: () => Promise<void>
  close: () => Promise<void>
}

/** Closes all that a test opened, whatever became of the test. */
export class Loopbacks {
  #open: Loopback[] = []

  http(listener: RequestListener): Promise<Loopback> {
    return this.#listen(http.createServer({ keepAliveTimeout: 60_000 }, listener))
  }

  tcp(onSocket: (socket: Socket) => void): Promise<Loopback> {
    return this.#listen(net.createServer(onSocket))
  }

  /** A port on which nobody listens. */
  async nobody(): Promise<Loopback> {
    const loopback = await this.tcp(() => undefined)
    await loopback.close()
    return loopback
  }

  async listen(server: Server): Promise<Loopback> {
    return this.#listen(server)
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((loopback) => loopback.close()))
  }

  async #listen(server: Server): Promise<Loopback> {
    const sockets = new Set<Socket>()
    let connections = 0
    let closed: (() => void)[] = []
    server.on("connection", (socket: Socket) => {
      connections++
      sockets.add(socket)
      // Resets are what these tests are about.
      socket.on("error", () => undefined)
      socket.on("close", () => {
        sockets.delete(socket)
        closed.forEach((resolve) => resolve())
        closed = []
      })
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const { port } = server.address() as AddressInfo
    const loopback: Loopback = {
      port,
      url: `http://127.0.0.1:${port}`,
      connections: () => connections,
      nextClose: () => new Promise((resolve) => closed.push(resolve)),
      close: () =>
        new Promise((resolve) => {
          sockets.forEach((socket) => socket.destroy())
          server.close(() => resolve())
        }),
    }
    this.#open.push(loopback)
    return loopback
  }
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}
