import { createCircuitBreakers, sharedBreakers } from "../circuit-breakers"
import { createGatewayHttp, type GatewayHttpOptions } from "../http-client"
import { charge, client, loopbacks, query } from "./gateway-http"

describe("a gateway that is away", () => {
  /** Opens after four failures; time stands still unless a test moves it. */
  async function gateway(answers: (request: number) => number, options: GatewayOptions = {}) {
    let requests = 0
    let now = 0
    let clients = 0
    const server = await loopbacks.http((_, response) => {
      response.writeHead(answers((requests += 1))).end("{}")
    })
    const clock = () => now
    const breakers = createCircuitBreakers({ failures: 4, pauseMs: 10_000 }, clock)
    const connect = () =>
      client(`${server.url}/${(clients += 1)}`, {
        clock,
        breakers,
        retry: { maxAttempts: 1 },
        ...options,
      })
    return {
      http: connect(),
      /** Another client of the same host, which has another path there. */
      connect,
      breakers,
      requests: () => requests,
      pass: (ms: number) => (now += ms),
    }
  }
  type GatewayOptions = Partial<GatewayHttpOptions>

  const failed = async (call: Promise<unknown>) =>
    await call.then(
      () => "it was answered",
      (error: unknown) => error
    )

  it("is sent nothing more, which a money call can say for sure", async () => {
    const { http, requests } = await gateway(() => 503)
    for (let count = 0; count < 4; count += 1) {
      expect(await failed(http.send(charge))).toMatchObject({ outcome: "unknown" })
    }
    expect(await failed(http.send(charge))).toMatchObject({
      name: "GatewayNotSentError",
      outcome: "not_sent",
      reason: "circuit_open",
      operation: "charge",
      message:
        "acme charge: the gateway has not been answering, so that nothing was sent to it; try again in a " +
        "moment (for 10 s, after server_error)",
    })
    expect(requests()).toBe(4)
  })

  it("is found to be back by one call, whichever comes first", async () => {
    const { http, requests, pass } = await gateway((request) => (request <= 4 ? 503 : 200))
    for (let count = 0; count < 4; count += 1) {
      await failed(http.send(query))
    }
    pass(10_000)
    const calls = await Promise.all([http.send(charge), failed(http.send(query))])
    expect(calls).toMatchObject([{ httpStatus: 200 }, { reason: "circuit_open" }])
    await http.send(query)
    expect(requests()).toBe(6)
  })

  it("never turns an outcome that is not known into one that is", async () => {
    const { http } = await gateway(() => 503, { retry: { maxAttempts: 9 } })
    // The breaker opens in the middle of the repeats: what was sent before is what is told.
    expect(await failed(http.send(query))).toMatchObject({
      outcome: "unknown",
      reason: "server_error",
    })
  })

  it("is one that is silent, not one that declines", async () => {
    const { http, requests } = await gateway((request) => [400, 401, 403, 302][request % 4] ?? 400)
    for (let count = 0; count < 20; count += 1) {
      await failed(http.send(charge))
    }
    expect(requests()).toBe(20)
  })

  it("is known to be away by all who call it, such as payments and payouts", async () => {
    const { http, connect, requests, pass } = await gateway((request) => (request < 5 ? 503 : 200))
    const other = connect()
    for (let count = 0; count < 2; count += 1) {
      await failed(http.send(charge))
      await failed(other.send(charge))
    }
    expect(await failed(http.send(charge))).toMatchObject({ reason: "circuit_open" })
    expect(await failed(other.send(charge))).toMatchObject({
      outcome: "not_sent",
      reason: "circuit_open",
    })
    expect(requests()).toBe(4)
    pass(10_000)
    await other.send(charge)
    await http.send(charge)
    expect(requests()).toBe(6)
  })

  it("is one host, whoever else is away", async () => {
    const { http, breakers } = await gateway(() => 503)
    const { http: other } = await gateway(() => 200, { breakers })
    for (let count = 0; count < 5; count += 1) {
      await failed(http.send(query))
    }
    expect(await failed(http.send(query))).toMatchObject({ reason: "circuit_open" })
    expect(await other.send(query)).toMatchObject({ httpStatus: 200 })
  })

  it("leaves what another client has sent as unknown as it was", async () => {
    let answer: () => void = () => undefined
    const sent = new Promise<void>((resolve) => {
      answer = resolve
    })
    let arrived: () => void = () => undefined
    const waits = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const server = await loopbacks.http(async (request, response) => {
      if (request.url?.startsWith("/slow")) {
        arrived()
        await sent
      }
      response.writeHead(503).end("{}")
    })
    const breakers = createCircuitBreakers({ failures: 2 })
    const slow = client(`${server.url}/slow`, { breakers })
    const quick = client(`${server.url}/quick`, { breakers })
    const outcome = failed(slow.send(charge))
    const repeated = failed(
      client(`${server.url}/slow`, { breakers, retry: { maxAttempts: 9 } }).send(query)
    )
    await waits
    await failed(quick.send(charge))
    await failed(quick.send(charge))
    expect(await failed(quick.send(charge))).toMatchObject({ reason: "circuit_open" })
    answer()
    const unknown = { outcome: "unknown", reason: "server_error" }
    expect(await Promise.all([outcome, repeated])).toMatchObject([unknown, unknown])
  })

  it("is known to every client that is not given breakers of its own", async () => {
    const { url } = await loopbacks.nobody()
    const [one, other] = [1, 2].map((path) =>
      createGatewayHttp({ gateway: "acme", baseUrl: `${url}/${path}`, retry: { maxAttempts: 1 } })
    )
    for (let count = 0; count < 10; count += 1) {
      await failed(one!.send(charge))
    }
    expect(await failed(other!.send(charge))).toMatchObject({ reason: "circuit_open" })
    expect(sharedBreakers.of(url).enter()).toHaveProperty("refusal")
  })

  it("is not judged by questions about numbers that nobody proved, which are asked once each", async () => {
    const { http, requests } = await gateway((request) => (request <= 12 ? 503 : 200), {
      retry: { maxAttempts: 3 },
    })
    for (let count = 0; count < 12; count += 1) {
      expect(await failed(http.send({ ...query, isGuess: true }))).toMatchObject({
        outcome: "unknown",
        reason: "server_error",
      })
    }
    expect(requests()).toBe(12)
    expect(await http.send(charge)).toMatchObject({ httpStatus: 200 })
  })

  it("is sent no such question, and is not found to be back by one", async () => {
    const { http, requests, pass } = await gateway((request) => (request <= 4 ? 503 : 200))
    for (let count = 0; count < 4; count += 1) {
      await failed(http.send(query))
    }
    pass(10_000)
    const guess = failed(http.send({ ...query, isGuess: true }))
    expect(await guess).toMatchObject({ outcome: "not_sent", reason: "circuit_open" })
    expect(requests()).toBe(4)
    expect(await http.send(query)).toMatchObject({ httpStatus: 200 })
  })

  it("is told to the log each time", async () => {
    const told: unknown[] = []
    const { url } = await loopbacks.nobody()
    const http = client(url, {
      onCall: ({ outcome, reason }) => told.push([outcome, reason]),
      breakers: createCircuitBreakers({ failures: 1 }),
    })
    await failed(http.send(charge))
    await failed(http.send(charge))
    expect(told).toEqual([
      ["not_sent", "refused"],
      ["not_sent", "circuit_open"],
    ])
  })
})
