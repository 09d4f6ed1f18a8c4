import type { IncomingMessage } from "node:http"
import type { AxiosResponse, InternalAxiosRequestConfig } from "axios"
import type { ConfigureHttp } from "../interceptors"
import { Secret } from "../secret"
import { charge, client, loopbacks } from "./gateway-http"
import { bodyOf } from "./loopback"

/** A gateway that answers every request, and what it got. */
async function gateway(status = 200) {
  const requests: { method?: string; url?: string; headers: object; body: string }[] = []
  const server = await loopbacks.http(async (request: IncomingMessage, response) => {
    const { method, url, headers } = request
    requests.push({ method, url, headers, body: await bodyOf(request) })
    response.writeHead(status, { "x-request-id": "r1" }).end('{"paid":true}')
  })
  return { ...server, requests }
}

type Change = (config: InternalAxiosRequestConfig) => unknown

const onRequest =
  (change: Change): ConfigureHttp =>
  (instance) =>
    void instance.interceptors.request.use(async (config) => {
      await change(config)
      return config
    })

describe("an interceptor of the shop's", () => {
  it("adds headers, and sees the address and the method, but neither the client's headers nor the body", async () => {
    const server = await gateway()
    const seen: unknown[] = []
    const configureHttp = onRequest(({ url, method, headers, data }) => {
      seen.push({ url, method, headers: headers.toJSON(), data })
      headers.set("traceparent", "00-1-2-01")
    })
    const headers = { Authorization: Secret.of("Bearer t") }
    const answer = await client(server.url, { configureHttp }).send({ ...charge, headers })
    expect(answer.body.toString()).toBe('{"paid":true}')
    expect(server.requests).toMatchObject([
      { headers: { traceparent: "00-1-2-01", authorization: "Bearer t" }, body: "amount=1.00" },
    ])
    expect(seen).toEqual([
      { url: `${server.url}/charge`, method: "post", headers: {}, data: undefined },
    ])
  })

  it("sees status and headers of an answer, and can change nothing of it", async () => {
    const server = await gateway(402)
    const seen: unknown[] = []
    const configureHttp: ConfigureHttp = (instance) =>
      void instance.interceptors.response.use((response: AxiosResponse<unknown>) => {
        seen.push([response.status, response.headers["x-request-id"], response.data])
        response.headers["x-request-id"] = "another"
        return { ...response, status: 200, data: Buffer.from("forged") }
      })
    const answer = await client(server.url, { configureHttp }).send(charge)
    expect(answer).toMatchObject({ httpStatus: 402, headers: { "x-request-id": "r1" } })
    expect(answer.body.toString()).toBe('{"paid":true}')
    expect(seen).toEqual([[402, "r1", undefined]])
  })

  it.each<[string, Change]>([
    ["throws", () => Promise.reject(new Error("marked-secret"))],
    ["changes the address", (config) => (config.url = config.url?.replace("charge", "refund"))],
    ["changes the base address", (config) => (config.baseURL = "http://127.0.0.1:1")],
    ["adds a query", (config) => (config.params = { amount: "2.00" })],
    ["changes the method", (config) => (config.method = "GET")],
    ["changes the body", (config) => (config.data = "amount=2.00")],
    ["changes a header of the client's", ({ headers }) => headers.set("authorization", "x")],
    ["changes the type of the body", ({ headers }) => headers.set("content-type", "text/plain")],
    ["says where the body ends", ({ headers }) => headers.set("Content-Length", "1")],
    ["names another host", ({ headers }) => headers.set("Host", "other.example")],
    ["expects another step", ({ headers }) => headers.set("expect", "100-continue")],
  ])("that %s has nothing sent, which the call says", async (_, change) => {
    const server = await gateway()
    const headers = { Authorization: Secret.of("Bearer t") }
    const http = client(server.url, { configureHttp: onRequest(change) })
    const failure = await http.send({ ...charge, headers }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ outcome: "not_sent", reason: "invalid_request" })
    expect(String(failure)).not.toContain("marked-secret")
    expect(server.connections()).toBe(0)
  })

  it("that holds a call up for longer than it may take has nothing sent, then or later", async () => {
    const server = await gateway()
    let goOn = (): void => undefined
    const held = new Promise<void>((resolve) => (goOn = resolve))
    const configureHttp = onRequest(() => held)
    const http = client(server.url, { configureHttp, timeouts: { totalMs: 30 } })
    await expect(http.send(charge)).rejects.toMatchObject({
      outcome: "not_sent",
      reason: "connect_timeout",
    })
    goOn()
    await client(server.url).send(charge)
    expect(server.requests).toHaveLength(1)
  })

  it("that throws at an answer, or never ends, does not change that there is one", async () => {
    const server = await gateway()
    for (const onAnswer of [
      () => Promise.reject(new Error("broken")),
      () => new Promise<AxiosResponse>(() => undefined),
    ]) {
      const configureHttp: ConfigureHttp = (instance) =>
        void instance.interceptors.response.use(onAnswer)
      const http = client(server.url, { configureHttp })
      expect(await http.send(charge)).toMatchObject({ httpStatus: 200 })
    }
  })

  it("that makes an answer of a failure does not change that it failed", async () => {
    const server = await loopbacks.tcp((socket) => {
      socket.once("data", () => socket.resetAndDestroy())
    })
    const configureHttp: ConfigureHttp = (instance) =>
      void instance.interceptors.response.use(undefined, (error: object) => {
        Object.assign(error, { outcome: "not_sent", reason: "refused" })
        return { status: 200, data: "{}" }
      })
    await expect(client(server.url, { configureHttp }).send(charge)).rejects.toMatchObject({
      outcome: "unknown",
      reason: "reset",
    })
  })

  it("that has a failed call sent again sends nothing: what became of the first is not known", async () => {
    let requests = 0
    const server = await loopbacks.http((request) => {
      requests += 1
      request.socket.resetAndDestroy()
    })
    let tries = 0
    let secondEnded: (what: unknown) => void = () => undefined
    const second = new Promise((resolve) => (secondEnded = resolve))
    const configureHttp: ConfigureHttp = (instance) => {
      let config: InternalAxiosRequestConfig | undefined
      instance.interceptors.request.use((given) => (config = given))
      instance.interceptors.response.use(undefined, async (error: unknown) => {
        tries += 1
        if (tries === 1) {
          secondEnded(await instance.request({ ...config }).catch(() => "refused"))
        }
        throw error
      })
    }
    const http = client(server.url, { configureHttp })
    await expect(http.send(charge)).rejects.toMatchObject({ outcome: "unknown", reason: "reset" })
    expect(await second).toBe("refused")
    expect(requests).toBe(1)
  })

  it("that answers itself, in the client's place, leaves open what became of the call", async () => {
    const server = await gateway()
    const configureHttp = onRequest((config) => {
      config.adapter = async () => ({ ...forged, config })
    })
    await expect(client(server.url, { configureHttp }).send(charge)).rejects.toMatchObject({
      outcome: "unknown",
      causeCode: "ERR_NOT_SENT_BY_THIS_CLIENT",
    })
    expect(server.connections()).toBe(0)
  })

  it("can't have a redirect followed, a larger answer taken or a call take longer", async () => {
    const other = await gateway()
    const server = await loopbacks.http(({ url }, response) => {
      if (url === "/charge") {
        response.writeHead(307, { location: `${other.url}/charge` }).end()
      } else if (url === "/large") {
        response.end("x".repeat(2_000))
      }
    })
    const configureHttp = onRequest((config) => {
      Object.assign(config, { maxRedirects: 5, maxContentLength: -1, timeout: 0, proxy: false })
    })
    const timeouts = { headersMs: 50 }
    const http = client(server.url, { configureHttp, timeouts, maxAnswerBytes: 1_000 })
    await expect(http.send(charge)).rejects.toMatchObject({ reason: "redirect" })
    await expect(http.send({ ...charge, path: "/large" })).rejects.toMatchObject({
      reason: "too_large",
    })
    await expect(http.send({ ...charge, path: "/silent" })).rejects.toMatchObject({
      reason: "headers_timeout",
    })
    expect(other.connections()).toBe(0)
  })
})

const forged = { status: 200, statusText: "OK", headers: {}, data: '{"paid":true}' }
