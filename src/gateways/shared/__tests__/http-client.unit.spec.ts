import type { Socket } from "node:net"
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib"
import type { GatewayCall, GatewayCallRecord } from "../gateway-call"
import { createGatewayHttp, type GatewayHttp, type GatewayHttpOptions } from "../http-client"
import { Secret } from "../secret"
import { bodyOf, Loopbacks } from "./loopback"
import { seededRandom } from "./seeded-random"

const loopbacks = new Loopbacks()
const clients: GatewayHttp[] = []

function client(baseUrl: string, options: Partial<GatewayHttpOptions> = {}): GatewayHttp {
  const http = createGatewayHttp({
    gateway: "acme",
    baseUrl,
    sleep: async () => undefined,
    ...options,
  })
  clients.push(http)
  return http
}

afterEach(async () => {
  clients.splice(0).forEach((http) => http.close())
  await loopbacks.close()
})

const charge: GatewayCall = {
  operation: "charge",
  method: "POST",
  path: "/charge",
  body: { form: { amount: "1.00" } },
  reads: false,
}
const query: GatewayCall = { operation: "query", method: "GET", path: "/query", reads: true }

describe("what is sent", () => {
  const echo = () =>
    loopbacks.http(async (request, response) => {
      const { method, url, headers } = request
      response.end(JSON.stringify({ method, url, headers, body: await bodyOf(request) }))
    })
  const echoed = async (http: GatewayHttp, call: GatewayCall) =>
    JSON.parse((await http.send(call)).body.toString())

  it("is a form, encoded as browsers do", async () => {
    const http = client((await echo()).url)
    const form = { "a.b": "x y&z=é", key: Secret.of("s+1") }
    expect(await echoed(http, { ...charge, body: { form } })).toMatchObject({
      method: "POST",
      url: "/charge",
      body: "a.b=x+y%26z%3D%C3%A9&key=s%2B1",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    })
  })

  it("is JSON to the byte, so that its signature holds", async () => {
    const http = client((await echo()).url)
    const json = '  {"b" : 1.50,\n"a":"é\\u00e9"}  '
    expect(await echoed(http, { ...charge, body: { json } })).toMatchObject({
      body: json,
      headers: {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(json)),
      },
    })
  })

  it("is an empty body without a type where a POST has none", async () => {
    const { headers, body } = await echoed(client((await echo()).url), {
      ...charge,
      body: undefined,
    })
    expect(body).toBe("")
    expect(headers).toMatchObject({ "content-length": "0" })
    expect(headers).not.toHaveProperty("content-type")
  })

  it("has the headers of the call, which go before ours", async () => {
    const http = client((await echo()).url)
    const headers = { Authorization: Secret.of("Bearer t"), accept: "text/plain", Sign: "AbC=" }
    expect((await echoed(http, { ...query, headers })).headers).toMatchObject({
      authorization: "Bearer t",
      accept: "text/plain",
      sign: "AbC=",
    })
  })

  it("goes below the path of the base address", async () => {
    const { url } = await echo()
    expect((await echoed(client(`${url}/v1/pay/`), query)).url).toBe("/v1/pay/query")
  })

  it("has in its request line exactly the target that was signed", async () => {
    const http = client(`${(await echo()).url}/v1`)
    const random = seededRandom(11)
    const text = () =>
      Array.from({ length: 1 + Math.floor(random() * 12) }, () =>
        String.fromCodePoint(32 + Math.floor(random() * 400))
      ).join("")
    for (let round = 0; round < 100; round++) {
      const call = {
        ...query,
        path: "/a/{id}/b",
        pathParams: { id: text() },
        query: { k: text(), q: text() },
      }
      expect((await echoed(http, call)).url).toBe(http.target(call))
    }
  })

  it("goes straight to the gateway though the environment names a proxy", async () => {
    const proxy = await loopbacks.http((_, response) => response.end("{}"))
    const names = ["http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "NODE_USE_ENV_PROXY"]
    const before = names.map((name) => process.env[name])
    names.forEach((name) => (process.env[name] = proxy.url))
    try {
      expect((await echoed(client((await echo()).url), query)).url).toBe("/query")
      expect(proxy.connections()).toBe(0)
    } finally {
      names.forEach((name, index) => {
        const value = before[index]
        if (value === undefined) {
          Reflect.deleteProperty(process.env, name)
        } else {
          process.env[name] = value
        }
      })
    }
  })
})

describe("what comes back", () => {
  it.each([200, 201, 204, 400, 403, 404, 409, 422, 429])(
    "with HTTP %i is for the gateway's own table to judge",
    async (httpStatus) => {
      const server = await loopbacks.http((_, response) => response.writeHead(httpStatus).end())
      expect(await client(server.url).send(charge)).toMatchObject({ httpStatus })
    }
  )

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("is unpacked from %s", async (encoding, pack) => {
    const server = await loopbacks.http((_, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(pack('{"a":"é"}'))
    )
    expect((await client(server.url).send(query)).body.toString()).toBe('{"a":"é"}')
  })

  it("comes over one connection, call after call", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const http = client(server.url)
    for (let call = 0; call < 5; call++) {
      await http.send(query)
    }
    expect(server.connections()).toBe(1)
  })

  it("leaves the connection to be closed by us before the server might", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const http = client(server.url, { timeouts: { idleMs: 20 } })
    await http.send(query)
    await server.nextClose()
    await http.send(query)
    expect(server.connections()).toBe(2)
  })

  it("may take longer than an idle connection is kept", async () => {
    const server = await loopbacks.http((_, response) => {
      setTimeout(() => response.end("{}"), 150)
    })
    const http = client(server.url, { timeouts: { idleMs: 20 } })
    expect(await http.send(charge)).toMatchObject({ httpStatus: 200 })
  })
})

describe("what was surely not sent", () => {
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
    const http = client(`https://127.0.0.1:${server.port}`)
    await expect(http.send({ ...charge, timeoutMs: 50 })).rejects.toMatchObject({
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

  it("an answer that drips until the whole time is up", async () => {
    const server = await loopbacks.http((_, response) => {
      const drip = setInterval(() => response.write(" "), 10)
      response.on("close", () => clearInterval(drip))
    })
    const closed = server.nextClose()
    const http = client(server.url, { timeouts: { headersMs: 100, totalMs: 150 } })
    expect(await rejection(http.send(charge))).toMatchObject({ reason: "total_timeout" })
    await closed
  })

  it("a call's own time takes the place of the client's, longer or shorter", async () => {
    const server = await loopbacks.http((_, response) => {
      setTimeout(() => response.end("{}"), 150)
    })
    const http = client(server.url, { timeouts: { headersMs: 50, totalMs: 100 } })
    expect(await http.send({ ...charge, timeoutMs: 5_000 })).toMatchObject({ httpStatus: 200 })
    expect(await rejection(http.send({ ...charge, timeoutMs: 20 }))).toMatchObject({
      outcome: "unknown",
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
      "network",
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

describe("HTTP 401", () => {
  it("is a refusal of our credentials, with the gateway's words where they can be read", async () => {
    const server = await loopbacks.http((_, response) =>
      response.writeHead(401).end('{"code":"E1","message":"token expired"}')
    )
    const http = client(server.url, {
      errorWords: ({ body }) => {
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
    const http = client(server.url, { errorWords: ({ body }) => JSON.parse(body.toString()) })
    await expect(http.send(charge)).rejects.toMatchObject({ isUnauthorized: true })
  })
})

describe("repeats", () => {
  async function failing(times: number, options: Partial<GatewayHttpOptions> = {}) {
    const sleeps: number[] = []
    let requests = 0
    const server = await loopbacks.http((_, response) => {
      response.writeHead(++requests <= times ? 503 : 200).end("{}")
    })
    const http = client(server.url, {
      random: () => 0.5,
      sleep: async (ms) => {
        sleeps.push(ms)
      },
      ...options,
    })
    return { http, sleeps, requests: () => requests }
  }

  it("are made of calls that only read, with a growing pause", async () => {
    const { http, sleeps, requests } = await failing(2)
    expect(await http.send(query)).toMatchObject({ httpStatus: 200 })
    expect(requests()).toBe(3)
    expect(sleeps).toEqual([100, 200])
  })

  it("are never made of a call that may move money, though it is a GET", async () => {
    const { http, requests } = await failing(1)
    const creating: GatewayCall = { ...query, operation: "create", reads: false }
    await expect(http.send(creating)).rejects.toMatchObject({ reason: "server_error" })
    await expect(http.send(charge)).resolves.toMatchObject({ httpStatus: 200 })
    expect(requests()).toBe(2)
  })

  it("are made of a POST that only reads", async () => {
    const { http, requests } = await failing(1)
    await http.send({ ...charge, operation: "query", reads: true })
    expect(requests()).toBe(2)
  })

  it("end after the number of attempts that is allowed", async () => {
    const { http, requests } = await failing(99, { retry: { maxAttempts: 4 } })
    await expect(http.send(query)).rejects.toMatchObject({ reason: "server_error" })
    expect(requests()).toBe(4)
  })

  it("are not begun where the pause would outlast the time for the whole call", async () => {
    let now = 0
    const { http, requests } = await failing(99, {
      clock: () => now,
      timeouts: { totalMs: 10_000 },
      retry: { maxAttempts: 99, baseDelayMs: 8_000, maxDelayMs: 8_000 },
      sleep: async (ms) => {
        now += ms
      },
    })
    await expect(http.send(query)).rejects.toMatchObject({ reason: "server_error" })
    // Pauses of 4 s: at 0, 4 and 8 seconds, and the next would be at 12.
    expect(requests()).toBe(3)
  })

  it("are not made of answers that would come out the same", async () => {
    let requests = 0
    const server = await loopbacks.http((_, response) => {
      response.writeHead(requests++ === 0 ? 302 : 200).end()
    })
    await expect(client(server.url).send(query)).rejects.toMatchObject({ reason: "redirect" })
    expect(requests).toBe(1)
  })

  it("end when the call is given up in a pause", async () => {
    const giveUp = new AbortController()
    const { http, requests } = await failing(99, {
      sleep: async () => {
        giveUp.abort()
        throw giveUp.signal.reason
      },
    })
    const sending = http.send({ ...query, signal: giveUp.signal })
    await expect(sending).rejects.toMatchObject({ reason: "server_error" })
    expect(requests()).toBe(1)
  })

  it("pause for real where no sleep is given", async () => {
    const { http, requests } = await failing(1, { sleep: undefined, retry: { baseDelayMs: 10 } })
    await http.send(query)
    expect(requests()).toBe(2)
  })
})

describe("onCall", () => {
  it("is told of every attempt, with the path as it is declared", async () => {
    let requests = 0
    const server = await loopbacks.http((_, response) => {
      response.writeHead([503, 200, 401][requests++] ?? 200).end("{}")
    })
    const records: GatewayCallRecord[] = []
    let now = 0
    const http = client(server.url, {
      onCall: (record) => records.push(record),
      clock: () => now++,
    })
    const call = { ...query, path: "/orders/{id}", pathParams: { id: "42" }, query: { q: "1" } }
    await http.send(call)
    await http.send(charge).catch(() => undefined)
    await http.send({ ...charge, path: "/a b" }).catch(() => undefined)
    const read = { gateway: "acme", operation: "query", method: "GET", path: "/orders/{id}", ms: 1 }
    const money = { gateway: "acme", operation: "charge", method: "POST", path: "/charge", ms: 1 }
    expect(records).toEqual([
      { ...read, attempt: 1, outcome: "unknown", reason: "server_error", httpStatus: 503 },
      { ...read, attempt: 2, outcome: "answered", httpStatus: 200 },
      { ...money, attempt: 1, outcome: "declined", reason: "unauthorized", httpStatus: 401 },
      { ...money, path: "/a b", attempt: 1, outcome: "not_sent", reason: "invalid_request" },
    ])
  })

  it("can't turn what was done into an error", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const http = client(server.url, {
      onCall: () => {
        throw new Error("the log is full")
      },
    })
    expect(await http.send(charge)).toMatchObject({ httpStatus: 200 })
  })
})

describe("after a call", () => {
  it("no timer is left running and no listener on the caller's signal", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const { url: nobody } = await loopbacks.nobody()
    const { signal } = new AbortController()
    const added = jest.spyOn(signal, "addEventListener")
    const removed = jest.spyOn(signal, "removeEventListener")
    const timers = () =>
      process.getActiveResourcesInfo().filter((name) => name === "Timeout").length
    const http = client(server.url)
    const before = timers()
    await http.send({ ...charge, signal })
    await client(nobody)
      .send({ ...charge, signal })
      .catch(() => undefined)
    expect(timers()).toBe(before)
    expect(added).toHaveBeenCalledTimes(2)
    expect(removed).toHaveBeenCalledTimes(2)
  })

  it("closing leaves no connection", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const http = client(server.url)
    await http.send(charge)
    const closed = server.nextClose()
    http.close()
    await closed
  })
})

it("refuses an address without encryption when it is made", () => {
  expect(() => client("http://api.example.com")).toThrow(
    /^acme: the base address must begin with https/
  )
})
