import { execFile } from "node:child_process"
import type { RequestListener } from "node:http"
import https from "node:https"
import type { Socket } from "node:net"
import { join } from "node:path"
import tls, { type ConnectionOptions, type TLSSocket } from "node:tls"
import { promisify } from "node:util"
import { gzipSync } from "node:zlib"
import { charge, client, loopbacks } from "./gateway-http"
import { selfSignedCertificate } from "./self-signed-certificate"

const run = promisify(execFile)
const certificate = selfSignedCertificate()

async function tlsServer(listener: RequestListener) {
  const server = https.createServer({ ...certificate, keepAliveTimeout: 60_000 }, listener)
  const loopback = await loopbacks.listen(server)
  return { ...loopback, url: `https://127.0.0.1:${loopback.port}` }
}

describe("a certificate that nobody vouches for", () => {
  it("is refused, and the request not shown to its holder", async () => {
    const seen = jest.fn()
    const server = await tlsServer(seen)
    await expect(client(server.url).send(charge)).rejects.toMatchObject({
      outcome: "unknown",
      reason: "tls",
      causeCode: "DEPTH_ZERO_SELF_SIGNED_CERT",
    })
    expect(seen).not.toHaveBeenCalled()
  })

  it("is refused though the environment says that all are good", async () => {
    const seen = jest.fn()
    const server = await tlsServer(seen)
    const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: "0" }
    const program = join(__dirname, "send-once.ts")
    const { stdout, stderr } = await run(
      process.execPath,
      ["--import", "tsx", program, server.url],
      { env }
    )
    // Node's own warning shows that the setting has reached it.
    expect(stderr).toContain("NODE_TLS_REJECT_UNAUTHORIZED")
    expect(stdout.trim()).toBe("tls DEPTH_ZERO_SELF_SIGNED_CERT")
    expect(seen).not.toHaveBeenCalled()
  })
})

describe("a certificate that is trusted", () => {
  const { connect } = tls

  beforeEach(() => {
    const trusting = (options: ConnectionOptions): TLSSocket =>
      connect({ ...options, ca: certificate.cert })
    Object.assign(tls, { connect: trusting })
  })

  afterEach(() => Object.assign(tls, { connect }))

  it("carries call after call over one connection", async () => {
    const server = await tlsServer((_, response) => response.end("{}"))
    const http = client(server.url)
    for (let call = 0; call < 3; call++) {
      expect(await http.send(charge)).toMatchObject({ httpStatus: 200 })
    }
    expect(server.connections()).toBe(1)
  })

  it("makes a time-out after the handshake an unknown outcome, on a new connection and a used one", async () => {
    let answers = false
    const connections: unknown[] = []
    const server = await tlsServer(({ socket }, response) => {
      connections.push(socket)
      if (answers) {
        response.end("{}")
      }
    })
    const timeouts = { headersMs: 500 }
    const fresh = client(server.url, { timeouts })
    await expect(fresh.send(charge)).rejects.toMatchObject({ reason: "headers_timeout" })
    answers = true
    const used = client(server.url, { timeouts })
    connections.length = 0
    await used.send(charge)
    answers = false
    await expect(used.send(charge)).rejects.toMatchObject({ reason: "headers_timeout" })
    expect(connections).toHaveLength(2)
    expect(connections[0] === connections[1]).toBe(true)
  })

  it("does not help another host", async () => {
    const server = await tlsServer((_, response) => response.end("{}"))
    const http = client(server.url.replace("127.0.0.1", "localhost"))
    await expect(http.send(charge)).rejects.toMatchObject({
      reason: "tls",
      causeCode: "ERR_TLS_CERT_ALTNAME_INVALID",
    })
  })
})

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
