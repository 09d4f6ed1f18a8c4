import { setTimeout as sleep } from "node:timers/promises"
import { inspect } from "node:util"
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib"
import { z } from "zod"
import { createAccessTokenSource } from "../access-token"
import { isGatewayFailure } from "../errors"
import { type GatewayHttp, type GatewayHttpOptions, retryDelay } from "../http"
import { readJson } from "../messages"
import type { GatewayCall, GatewayCallRecord } from "../request"
import { Secret } from "../secret"
import { charge, client, loopbacks, query } from "./gateway-http"
import { bodyOf } from "./loopback"
import { seededRandom } from "./seeded-random"

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
    "with HTTP %i is for the gateway's own table to evaluate",
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

describe("onCall", () => {
  it("is told of every attempt, with the path as it is declared", async () => {
    let requests = 0
    const server = await loopbacks.http((_, response) => {
      const date = "Tue, 01 Jan 2030 00:00:00 GMT"
      response.writeHead([503, 200, 401][requests++] ?? 200, { date }).end("{}")
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
      {
        ...read,
        attempt: 2,
        outcome: "answered",
        httpStatus: 200,
        date: "Tue, 01 Jan 2030 00:00:00 GMT",
      },
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
    // Others of this process come and go meanwhile; one that the call left would stay for ten seconds at least.
    for (let tries = 0; tries < 100 && timers() > before; tries += 1) {
      await sleep(50)
    }
    expect(timers()).toBeLessThanOrEqual(before)
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

const policy = { maxAttempts: 10, baseDelayMs: 100, maxDelayMs: 1_000 }

describe("retryDelay", () => {
  it("doubles its upper end with each attempt, up to the longest pause", () => {
    const upperEnds = [1, 2, 3, 4, 5, 6].map((attempt) => retryDelay(policy, attempt, () => 1))
    expect(upperEnds).toEqual([100, 200, 400, 800, 1_000, 1_000])
  })

  it("is spread over the whole range from nothing on", () => {
    const random = seededRandom(3)
    const delays = Array.from({ length: 1_000 }, () => retryDelay(policy, 2, random))
    expect(Math.min(...delays)).toBeLessThan(20)
    expect(Math.max(...delays)).toBeGreaterThan(180)
    expect(Math.max(...delays)).toBeLessThan(200)
  })

  it("stays finite however often it was tried", () => {
    expect(retryDelay(policy, 5_000, () => 1)).toBe(1_000)
  })
})

/** Stands wherever a secret could: each place its own, so that a leak names it. */
const marked = (place: string) => `marked-${place}-secret`

const secretCall: GatewayCall = {
  ...charge,
  path: "/pay/{id}",
  pathParams: { id: marked("path") },
  query: { key: marked("query") },
  headers: { Authorization: Secret.of(`Bearer ${marked("header")}`), Sign: marked("sign") },
  body: { form: { card: marked("form"), password: Secret.of(marked("password")) } },
  reads: true,
}

const answers: Record<string, () => Promise<string>> = {
  "a refused connection": async () => (await loopbacks.nobody()).url,
  "no such host": async () => "https://gateway.invalid",
  "a handshake that does not end": async () =>
    (await loopbacks.tcp(() => undefined)).url.replace("http:", "https:"),
  "no answer": async () => (await loopbacks.http(() => undefined)).url,
  "a reset": async () => (await loopbacks.http(({ socket }) => void socket.destroy())).url,
  "half an answer": async () =>
    (
      await loopbacks.http((_, response) => {
        response.write(marked("answer"), () => response.destroy())
      })
    ).url,
  "something else than HTTP": async () =>
    (await loopbacks.tcp((socket) => void socket.write(marked("answer")))).url,
  "a redirect": async () =>
    (
      await loopbacks.http((_, response) =>
        response.writeHead(302, { location: `/${marked("answer")}` }).end()
      )
    ).url,
  "HTTP 500": async () =>
    (await loopbacks.http((_, response) => response.writeHead(500).end(marked("answer")))).url,
  "HTTP 401": async () =>
    (await loopbacks.http((_, response) => response.writeHead(401).end(marked("answer")))).url,
  "a page": async () =>
    (await loopbacks.http((_, response) => response.end(`<html>${marked("answer")}`))).url,
  "another shape": async () =>
    (
      await loopbacks.http((_, response) =>
        response.end(JSON.stringify({ token: { value: marked("answer") } }))
      )
    ).url,
}

describe("secrets", () => {
  it.each(Object.keys(answers))(
    "are nowhere in what is thrown or recorded after %s",
    async (name) => {
      const records: GatewayCallRecord[] = []
      const options: Partial<GatewayHttpOptions> = {
        timeouts: { connectMs: 100, headersMs: 100 },
        onCall: (record) => records.push(record),
      }
      const url = (await answers[name]?.()) ?? ""
      const http = client(url, options)
      const call = { gateway: "acme", operation: "charge" }
      const error: unknown = await http
        .send(secretCall)
        .then((answer) => readJson(answer, z.object({ token: z.string() }), call))
        .catch((reason: unknown) => reason)
      expect(isGatewayFailure(error)).toBe(true)
      expect(records.length).toBeGreaterThan(0)
      const own = error instanceof Error ? Object.getOwnPropertyDescriptors(error) : {}
      const printed = [
        inspect([error, records, http], { depth: null, showHidden: true, getters: true }),
        inspect(own, { depth: null }),
        JSON.stringify([error, records]),
        String(error),
      ].join("\n")
      expect(printed).not.toContain("marked-")
    }
  )

  it("are not in the error of a token that could not be had", async () => {
    const fetch = async () => {
      throw Object.assign(new Error(marked("message")), { config: { data: marked("config") } })
    }
    const source = createAccessTokenSource({ gateway: "acme", fetch })
    const error: unknown = await source.withToken(async () => 1).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ reason: "no_token" })
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("marked-")
  })
})
