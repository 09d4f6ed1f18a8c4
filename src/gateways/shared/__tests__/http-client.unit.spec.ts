import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib"
import type { GatewayCall, GatewayCallRecord } from "../gateway-call"
import type { GatewayHttp } from "../http-client"
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
    expect(timers()).toBeLessThanOrEqual(before) // one of an earlier test may have ended meanwhile
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
