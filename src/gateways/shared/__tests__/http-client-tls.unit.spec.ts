import { execFile } from "node:child_process"
import type { ClientRequest, IncomingMessage, RequestListener } from "node:http"
import https, { type RequestOptions } from "node:https"
import { join } from "node:path"
import { promisify } from "node:util"
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
  const { request } = https

  beforeEach(() => {
    type OnAnswer = (answer: IncomingMessage) => void
    const trusting = (options: RequestOptions, onAnswer: OnAnswer): ClientRequest =>
      request({ ...options, ca: certificate.cert }, onAnswer)
    Object.assign(https, { request: trusting })
  })

  afterEach(() => Object.assign(https, { request }))

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
    const server = await tlsServer((_, response) => {
      if (answers) {
        response.end("{}")
      }
    })
    const http = client(server.url, { timeouts: { headersMs: 500 } })
    await expect(http.send(charge)).rejects.toMatchObject({ reason: "headers_timeout" })
    answers = true
    await http.send(charge)
    answers = false
    await expect(http.send(charge)).rejects.toMatchObject({ reason: "headers_timeout" })
    expect(server.connections()).toBe(2)
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
