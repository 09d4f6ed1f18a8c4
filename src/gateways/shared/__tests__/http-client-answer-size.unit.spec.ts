import type { Socket } from "node:net"
import { gzipSync } from "node:zlib"
import { charge, client, loopbacks } from "./gateway-http"

describe("an answer that is too large", () => {
  const MIB = 1024 * 1024

  /** Writes without end, as fast as it is taken, until the connection is gone. */
  function flood(socket: Socket, head: string): Promise<number> {
    const block = Buffer.alloc(64 * 1024, " ")
    const more = () => {
      while (socket.writable && socket.bytesWritten < 50 * MIB && socket.write(block));
    }
    socket.write(head)
    socket.on("drain", more)
    more()
    return new Promise((resolve) => socket.once("close", () => resolve(socket.bytesWritten)))
  }

  it.each([
    ["without a length", "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"],
    ["with its length told", `HTTP/1.1 200 OK\r\ncontent-length: ${50 * MIB}\r\n\r\n`],
  ])("is left at the limit (%s)", async (_, head) => {
    let written: Promise<number> = Promise.resolve(0)
    const server = await loopbacks.tcp((socket) => {
      socket.once("data", () => (written = flood(socket, head)))
    })
    await expect(client(server.url).send(charge)).rejects.toMatchObject({
      outcome: "unknown",
      reason: "too_large",
    })
    // What was written is what was read and what stood in the system's buffers.
    expect(await written).toBeLessThan(20 * MIB)
  })

  it("is measured after unpacking, so that a small one can't grow", async () => {
    const bomb = gzipSync(Buffer.alloc(50 * MIB))
    expect(bomb.length).toBeLessThan(MIB / 4)
    const server = await loopbacks.http((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb)
    )
    const before = process.memoryUsage().arrayBuffers
    await expect(client(server.url).send(charge)).rejects.toMatchObject({ reason: "too_large" })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * MIB)
  })

  it("is not waited for where its length tells", async () => {
    const server = await loopbacks.tcp((socket) => {
      socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2000000\r\n\r\n"))
    })
    await expect(client(server.url).send(charge)).rejects.toMatchObject({ reason: "too_large" })
  })

  it("is one byte above the limit, and not the limit itself", async () => {
    let size = 1_000
    const server = await loopbacks.http((_, response) => {
      response.write("x".repeat(size))
      response.end()
    })
    const http = client(server.url, { maxAnswerBytes: 1_000 })
    expect((await http.send(charge)).body.length).toBe(1_000)
    size = 1_001
    await expect(http.send(charge)).rejects.toMatchObject({ reason: "too_large" })
  })
})
