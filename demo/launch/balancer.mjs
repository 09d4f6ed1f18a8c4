import { once } from "node:events"
import { createServer, request } from "node:http"

const HOST = "127.0.0.1"

/**
 * One address before several servers, which take turns. A server that can't be reached is passed over; what it was at
 * when it broke off is not sent to another one, because it may have been done.
 *
 * @param {number} port
 * @param {readonly number[]} targets the servers' own ports on this machine
 * @returns {Promise<{ stop: () => Promise<void> }>} when it listens
 */
export async function startBalancer(port, targets) {
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing, turn, targets.length)
    turn = (turn + 1) % targets.length
  })

  /**
   * @param {import("node:http").IncomingMessage} incoming
   * @param {import("node:http").ServerResponse} outgoing
   * @param {number} index
   * @param {number} tries
   */
  function pass(incoming, outgoing, index, tries) {
    const { method, url: path, headers } = incoming
    const target = targets[index % targets.length]
    const onward = request({ host: HOST, port: target, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.once("socket", (socket) => {
      // Nothing of the body is read before somebody takes it.
      if (socket.connecting) socket.once("connect", () => incoming.pipe(onward))
      else incoming.pipe(onward)
    })
    onward.once("error", (error) => {
      const isRefused = /** @type {NodeJS.ErrnoException} */ (error).code === "ECONNREFUSED"
      if (isRefused && tries > 1) pass(incoming, outgoing, index + 1, tries - 1)
      else if (outgoing.headersSent) outgoing.destroy()
      else outgoing.writeHead(502).end()
    })
    outgoing.once("close", () => onward.destroy())
  }

  await once(server.listen(port, HOST), "listening")
  return {
    async stop() {
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
