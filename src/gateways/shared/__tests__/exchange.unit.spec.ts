import net from "node:net"
import { inspect } from "node:util"
import { gzipSync } from "node:zlib"
import { failureOf, type GaveUp, type Phase } from "../transport-failures"
import { charge, client, loopbacks, query } from "./gateway-http"
import { bodyOf } from "./loopback"

const call = { gateway: "acme", operation: "charge" }
const phases: Phase[] = ["preparing", "connecting", "waiting", "reading"]

const nodeError = (code: string, syscall?: string) =>
  Object.assign(new Error(code), { code, syscall })
const wrapped = (cause: unknown) => new Error("wrapped", { cause })
const meaning = (phase: Phase, error: unknown, gaveUp?: GaveUp) => {
  const { outcome, reason } = failureOf(call, phase, gaveUp, error)
  return `${outcome} ${reason}`
}

describe("failureOf", () => {
  it.each([
    [nodeError("ENOTFOUND", "getaddrinfo"), "not_sent dns"],
    [nodeError("EAI_AGAIN", "getaddrinfo"), "not_sent dns"],
    [nodeError("ECONNREFUSED", "connect"), "not_sent refused"],
    [nodeError("ETIMEDOUT", "connect"), "not_sent connect_timeout"],
    [nodeError("EHOSTUNREACH", "connect"), "not_sent unreachable"],
    [nodeError("ENETUNREACH", "connect"), "not_sent unreachable"],
    [nodeError("ECONNRESET"), "unknown reset"],
    [nodeError("ECONNRESET", "read"), "unknown reset"],
    [nodeError("DEPTH_ZERO_SELF_SIGNED_CERT"), "unknown tls"],
    [nodeError("ERR_TLS_CERT_ALTNAME_INVALID"), "unknown tls"],
    [nodeError("EPROTO", "write"), "unknown tls"],
    [new Error("no code at all"), "unknown tls"],
  ])("while connecting, takes %p for %s", (error, expected) => {
    expect(meaning("connecting", error)).toBe(expected)
    expect(meaning("connecting", wrapped(error))).toBe(expected)
  })

  it("counts several addresses as not sent only where every one of them failed to connect", () => {
    const refused = nodeError("ECONNREFUSED", "connect")
    const unreachable = nodeError("ENETUNREACH", "connect")
    expect(meaning("connecting", new AggregateError([refused, unreachable]))).toBe(
      "not_sent refused"
    )
    expect(meaning("connecting", new AggregateError([refused, nodeError("ECONNRESET")]))).toBe(
      "unknown tls"
    )
    expect(meaning("connecting", new AggregateError([]))).toBe("unknown tls")
  })

  it.each([
    [nodeError("ECONNRESET"), "unknown reset"],
    [nodeError("EPIPE", "write"), "unknown reset"],
    // An established connection can report these as well: the request may have arrived.
    [nodeError("ETIMEDOUT", "read"), "unknown network"],
    [nodeError("EHOSTUNREACH", "read"), "unknown network"],
    [nodeError("ECONNREFUSED", "connect"), "unknown network"],
    [nodeError("HPE_INVALID_CONSTANT"), "unknown unreadable"],
    [nodeError("HPE_HEADER_OVERFLOW"), "unknown too_large"],
    [nodeError("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"), "unknown tls"],
    ["not even an error", "unknown network"],
    [undefined, "unknown network"],
  ])("after connecting, takes %p for %s", (error, expected) => {
    expect(meaning("waiting", error)).toBe(expected)
  })

  it.each([
    [nodeError("ECONNRESET"), "unknown cut_short"],
    [nodeError("ERR_STREAM_PREMATURE_CLOSE"), "unknown cut_short"],
    [nodeError("Z_DATA_ERROR"), "unknown unreadable"],
    [new Error("closed"), "unknown cut_short"],
  ])("in the middle of the answer, takes %p for %s", (error, expected) => {
    expect(meaning("reading", error)).toBe(expected)
  })

  it("calls nothing after connecting not sent, whatever the error says of itself", () => {
    const codes = ["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "ECONNRESET", "ERR_INVALID_CHAR", ""]
    const errors = codes.flatMap((code) =>
      ["connect", "getaddrinfo", "read", undefined].map((syscall) => nodeError(code, syscall))
    )
    for (const error of [...errors, new AggregateError(errors)]) {
      for (const phase of ["waiting", "reading"] as const) {
        expect(failureOf(call, phase, undefined, error).outcome).toBe("unknown")
      }
    }
  })

  it("tells by the phase which time was up, and whether anything was sent by then", () => {
    const table = phases.map((phase) => [
      meaning(phase, undefined, "phase_timeout"),
      meaning(phase, undefined, "total_timeout"),
      meaning(phase, undefined, "aborted"),
    ])
    expect(table).toEqual([
      ["not_sent connect_timeout", "not_sent connect_timeout", "not_sent aborted"],
      ["not_sent connect_timeout", "not_sent connect_timeout", "not_sent aborted"],
      ["unknown headers_timeout", "unknown total_timeout", "unknown aborted"],
      ["unknown body_timeout", "unknown total_timeout", "unknown aborted"],
    ])
  })

  it("keeps of the error nothing but its code", () => {
    const error = Object.assign(nodeError("ECONNRESET"), {
      config: { headers: { authorization: "marked-secret" }, data: "marked-secret" },
      message: "marked-secret",
    })
    for (const phase of phases) {
      const failure = failureOf(call, phase, undefined, wrapped(error))
      expect(inspect(failure, { depth: null, showHidden: true })).not.toContain("marked-secret")
      expect(failure.causeCode).toBe("ECONNRESET")
    }
  })
})

describe("what was surely not sent", () => {
  afterEach(() => jest.restoreAllMocks())

  it("a refused connection", async () => {
    const { url } = await loopbacks.nobody()
    await expect(client(url).send(charge)).rejects.toMatchObject({
      name: "GatewayNotSentError",
      outcome: "not_sent",
      reason: "refused",
      causeCode: "ECONNREFUSED",
      gateway: "acme",
      operation: "charge",
    })
  })

  it("a connection refused on every address of the host", async () => {
    const { port } = await loopbacks.nobody()
    await expect(client(`http://localhost:${port}`).send(charge)).rejects.toMatchObject({
      outcome: "not_sent",
      reason: "refused",
    })
  })

  it("a request whose connection came when this server had stood still for longer than it waits for one", async () => {
    let requests = 0
    const { url } = await loopbacks.http((_, response) => {
      requests += 1
      response.end()
    })
    const now = Date.now
    const { connect } = net
    jest.spyOn(net, "connect").mockImplementation((...options: Parameters<typeof connect>) => {
      jest.spyOn(Date, "now").mockImplementation(() => now() + 60_000)
      return connect(...options)
    })
    await expect(client(url).send(charge)).rejects.toMatchObject({
      outcome: "not_sent",
      reason: "connect_timeout",
    })
    expect(requests).toBe(0)
  })

  it("a host that has no address", async () => {
    await expect(client("https://gateway.invalid").send(charge)).rejects.toMatchObject({
      outcome: "not_sent",
      reason: "dns",
    })
  })

  it("a connection whose TLS handshake does not end in time", async () => {
    const received: Buffer[] = []
    const server = await loopbacks.tcp((socket) => socket.on("data", (data) => received.push(data)))
    const http = client(`https://127.0.0.1:${server.port}`, { timeouts: { connectMs: 50 } })
    const closed = server.nextClose()
    await expect(http.send(charge)).rejects.toMatchObject({
      outcome: "not_sent",
      reason: "connect_timeout",
    })
    await closed
    // The first byte of a TLS handshake record: the server got that and nothing of the request.
    expect(received[0]?.at(0)).toBe(0x16)
  })

  it("a connection that is not there when the time for the whole call is up", async () => {
    const server = await loopbacks.tcp(() => undefined)
    const http = client(`https://127.0.0.1:${server.port}`, { timeouts: { totalMs: 50 } })
    await expect(http.send(charge)).rejects.toMatchObject({
      outcome: "not_sent",
      reason: "connect_timeout",
    })
  })

  it("a call that was given up before", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const signal = AbortSignal.abort(new Error("marked-secret"))
    await expect(client(server.url).send({ ...charge, signal })).rejects.toMatchObject({
      outcome: "not_sent",
      reason: "aborted",
    })
    const late = new AbortController()
    const sending = client(server.url).send({ ...charge, signal: late.signal })
    late.abort()
    await expect(sending).rejects.toMatchObject({ outcome: "not_sent", reason: "aborted" })
    expect(server.connections()).toBe(0)
  })

  it("a request that can't be written", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    for (const call of [
      { ...charge, path: "/a b" },
      { ...charge, headers: { Sign: "é\u0100" } },
      { ...charge, headers: { "bad name": "x" } },
    ]) {
      await expect(client(server.url).send(call)).rejects.toMatchObject({
        outcome: "not_sent",
        reason: "invalid_request",
      })
    }
    expect(server.connections()).toBe(0)
  })
})

describe("what may have happened", () => {
  const rejection = async (send: Promise<unknown>) => {
    const error = await send.then(
      () => undefined,
      (reason: unknown) => reason
    )
    expect(error).toMatchObject({ name: "GatewayUnknownError", outcome: "unknown" })
    return error
  }

  it("a black hole: taken and never answered", async () => {
    const server = await loopbacks.http(() => undefined)
    const closed = server.nextClose()
    const http = client(server.url, { timeouts: { headersMs: 50 } })
    expect(await rejection(http.send(charge))).toMatchObject({ reason: "headers_timeout" })
    await closed
  })

  it("an answer that begins and does not end in its time", async () => {
    const server = await loopbacks.http((_, response) => {
      response.write('{"a":')
    })
    const closed = server.nextClose()
    const http = client(server.url, { timeouts: { bodyMs: 50 } })
    expect(await rejection(http.send(charge))).toMatchObject({ reason: "body_timeout" })
    await closed
  })

  it("an answer that comes in parts has its time for each of them", async () => {
    const server = await loopbacks.http(async (_, response) => {
      for (const part of ["{", '"a"', ":", "1", "}"]) {
        response.write(part)
        await new Promise((resolve) => setTimeout(resolve, 400))
      }
      response.end()
    })
    const answer = await client(server.url, { timeouts: { bodyMs: 1_500 } }).send(charge)
    expect(answer.body.toString()).toBe('{"a":1}')
  })

  it("an answer that drips until the whole time is up", async () => {
    const server = await loopbacks.http((_, response) => {
      const drip = setInterval(() => response.write(" "), 10)
      response.on("close", () => clearInterval(drip))
    })
    const closed = server.nextClose()
    const http = client(server.url, { timeouts: { totalMs: 1_000 } })
    expect(await rejection(http.send(charge))).toMatchObject({ reason: "total_timeout" })
    await closed
  })

  it("a call waits for its answer for a time of its own, longer or shorter than the client's", async () => {
    const server = await loopbacks.http((_, response) => {
      setTimeout(() => response.end("{}"), 150)
    })
    const hasty = client(server.url, { timeouts: { headersMs: 50, totalMs: 100 } })
    expect(await hasty.send({ ...charge, timeoutMs: 5_000 })).toMatchObject({ httpStatus: 200 })
    // Whose whole time no slow machine reaches before that of the headers is noticed to be over.
    const patient = client(server.url, { timeouts: { headersMs: 50, totalMs: 60_000 } })
    expect(await rejection(patient.send({ ...charge, timeoutMs: 20 }))).toMatchObject({
      reason: "headers_timeout",
    })
  })

  it("a reset before the request was read, and one after it was acted upon", async () => {
    const early = await loopbacks.tcp((socket) => {
      socket.once("data", () => socket.resetAndDestroy())
    })
    expect(await rejection(client(early.url).send(charge))).toMatchObject({ reason: "reset" })
    let acted = 0
    const late = await loopbacks.http(async (request) => {
      await bodyOf(request)
      acted++
      request.socket.resetAndDestroy()
    })
    expect(await rejection(client(late.url).send(charge))).toMatchObject({ reason: "reset" })
    expect(acted).toBe(1)
  })

  it("a connection closed politely, without an answer", async () => {
    const server = await loopbacks.http(async (request) => {
      await bodyOf(request)
      request.socket.end()
    })
    expect(await rejection(client(server.url).send(charge))).toMatchObject({ reason: "reset" })
  })

  it("a reset on a connection that served before", async () => {
    let served = 0
    const server = await loopbacks.http((request, response) => {
      if (served++ > 0) {
        request.socket.resetAndDestroy()
      } else {
        response.end("{}")
      }
    })
    const http = client(server.url)
    await http.send(query)
    expect(await rejection(http.send(charge))).toMatchObject({ reason: "reset" })
    expect(server.connections()).toBe(1)
  })

  it.each([
    ["with its length told", { "content-length": "100" }],
    ["in chunks", {}],
    ["packed", { "content-encoding": "gzip" }],
  ])("half an answer, %s", async (_, headers) => {
    const whole = gzipSync("x".repeat(10_000))
    const server = await loopbacks.http((request, response) => {
      response.writeHead(200, headers)
      response.write(whole.subarray(0, 20), () => setTimeout(() => request.socket.destroy(), 20))
    })
    expect(await rejection(client(server.url).send(charge))).toMatchObject({ reason: "cut_short" })
  })

  it("an answer that is not packed as it says", async () => {
    const server = await loopbacks.http((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end("plainly not gzip")
    )
    expect(await rejection(client(server.url).send(charge))).toMatchObject({ reason: "unreadable" })
  })

  it.each([
    ["something else than HTTP", "220 mail.example.com ESMTP\r\n", "unreadable"],
    ["headers without end", `HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}`, "too_large"],
    [
      "a chunk that is none",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
      "cut_short",
    ],
    [
      "another protocol",
      "HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
      "reset",
    ],
  ])("an answer that is %s", async (_, text, reason) => {
    const server = await loopbacks.tcp((socket) => {
      socket.once("data", () => socket.write(text))
    })
    expect(await rejection(client(server.url).send(charge))).toMatchObject({ reason })
  })

  it("TLS spoken to a server that has none", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const http = client(`https://127.0.0.1:${server.port}`)
    expect(await rejection(http.send(charge))).toMatchObject({ reason: "tls" })
  })

  it.each([500, 502, 503, 504, 599])("HTTP %i", async (httpStatus) => {
    const server = await loopbacks.http((_, response) =>
      response.writeHead(httpStatus).end("<html>")
    )
    expect(await rejection(client(server.url).send(charge))).toMatchObject({
      reason: "server_error",
      httpStatus,
    })
  })

  it.each([301, 302, 303, 307, 308])("HTTP %i, which is not followed", async (httpStatus) => {
    const other = await loopbacks.http((_, response) => response.end("{}"))
    const server = await loopbacks.http((_, response) =>
      response.writeHead(httpStatus, { location: `${other.url}/charge` }).end()
    )
    expect(await rejection(client(server.url).send(charge))).toMatchObject({
      reason: "redirect",
      httpStatus,
    })
    expect(other.connections()).toBe(0)
  })

  it("a call given up while the gateway is at it", async () => {
    const giveUp = new AbortController()
    const server = await loopbacks.http(() => giveUp.abort())
    const closed = server.nextClose()
    const sending = client(server.url).send({ ...charge, signal: giveUp.signal })
    expect(await rejection(sending)).toMatchObject({ reason: "aborted" })
    await closed
  })

  it("a client closed in the middle of a call", async () => {
    const server = await loopbacks.http(() => http.close())
    const http = client(server.url)
    expect(await rejection(http.send(charge))).toMatchObject({ reason: "reset" })
  })
})

describe("HTTP 401", () => {
  it("is a refusal of our credentials, with the gateway's words where they can be read", async () => {
    const server = await loopbacks.http((_, response) =>
      response.writeHead(401).end('{"code":"E1","message":"token expired"}')
    )
    const http = client(server.url, {
      readGatewayError: ({ body }) => {
        const { code, message } = JSON.parse(body.toString())
        return { code, gatewayMessage: message }
      },
    })
    await expect(http.send(charge)).rejects.toMatchObject({
      name: "GatewayDeclinedError",
      outcome: "declined",
      isUnauthorized: true,
      httpStatus: 401,
      code: "E1",
      gatewayMessage: "token expired",
    })
  })

  it("is one too where its body is not what was expected", async () => {
    const server = await loopbacks.http((_, response) => response.writeHead(401).end("<html>"))
    const http = client(server.url, { readGatewayError: ({ body }) => JSON.parse(body.toString()) })
    await expect(http.send(charge)).rejects.toMatchObject({ isUnauthorized: true })
  })
})
