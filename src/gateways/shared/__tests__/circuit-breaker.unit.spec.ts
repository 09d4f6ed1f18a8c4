import {
  type CircuitBreaker,
  createCircuitBreaker,
  createCircuitBreakers,
  type Passage,
  type Refusal,
  sharedBreakers,
} from "../circuit-breaker"
import type { GatewayErrorReason } from "../errors"
import { createGatewayHttp, type GatewayHttpOptions } from "../http"
import { charge, client, loopbacks, query } from "./gateway-http"

const policy = { failures: 3, pauseMs: 1_000 }

function subject() {
  let now = 0
  const breaker = createCircuitBreaker(policy, () => now)
  const fail = (...reasons: GatewayErrorReason[]) =>
    reasons.forEach((reason) => letThrough(breaker).failed(reason))
  return { breaker, fail, pass: (ms: number) => (now += ms) }
}

function letThrough(breaker: CircuitBreaker): Passage {
  const entry = breaker.enter()
  if ("refusal" in entry) {
    throw new Error(`refused for ${entry.refusal.retryInMs} ms`)
  }
  return entry.passage
}

const away: GatewayErrorReason[] = [
  "refused",
  "unreachable",
  "dns",
  "connect_timeout",
  "headers_timeout",
  "body_timeout",
  "total_timeout",
  "reset",
  "cut_short",
  "tls",
  "network",
  "server_error",
]

const there: GatewayErrorReason[] = [
  "declined",
  "unauthorized",
  "redirect",
  "too_large",
  "unreadable",
  "mismatch",
  "unlisted_code",
]

describe("a circuit breaker", () => {
  it.each(away)("opens after so many failures in a row by %s, and says which it was", (reason) => {
    const { breaker, fail } = subject()
    fail(reason, reason)
    letThrough(breaker).failed(reason)
    expect(breaker.enter()).toEqual({ refusal: { retryInMs: 1_000, lastReason: reason } })
  })

  it.each(there)("never opens by %s, which is an answer", (reason) => {
    const { breaker, fail } = subject()
    fail("refused", "refused", reason, "refused", "refused", ...Array(10).fill(reason))
    expect(breaker.enter()).toHaveProperty("passage")
  })

  it.each(["aborted", "invalid_request", "no_token"] as const)(
    "learns nothing of %s, which ended on our side",
    (reason) => {
      const { breaker, fail } = subject()
      fail("refused", "refused", reason, "refused")
      expect(breaker.enter()).toHaveProperty("refusal")
    }
  )

  it("counts only failures in a row", () => {
    const { breaker, fail } = subject()
    fail("refused", "refused")
    letThrough(breaker).answered()
    fail("refused", "refused")
    expect(breaker.enter()).toHaveProperty("passage")
  })

  it("counts calls that were under way together", () => {
    const { breaker } = subject()
    const together = [1, 2, 3].map(() => letThrough(breaker))
    together.forEach((one) => one.failed("headers_timeout"))
    expect(breaker.enter()).toHaveProperty("refusal")
  })

  it("lets one through after the pause, and the others only when that one was answered", () => {
    const { breaker, fail, pass } = subject()
    fail("refused", "refused", "refused")
    pass(999)
    expect(breaker.enter()).toHaveProperty("refusal")
    pass(1)
    const trial = letThrough(breaker)
    expect(breaker.enter()).toEqual({ refusal: { retryInMs: 0, lastReason: "refused" } })
    trial.answered()
    fail("refused", "refused")
    expect(breaker.enter()).toHaveProperty("passage")
  })

  it("closes where the trial is declined: the host is there", () => {
    const { breaker, fail, pass } = subject()
    fail("refused", "refused", "refused")
    pass(1_000)
    letThrough(breaker).failed("declined")
    expect(breaker.enter()).toHaveProperty("passage")
  })

  it("stays open for another pause where the trial fails", () => {
    const { breaker, fail, pass } = subject()
    fail("refused", "refused", "refused")
    pass(1_000)
    fail("server_error")
    expect(breaker.enter()).toEqual({ refusal: { retryInMs: 1_000, lastReason: "server_error" } })
  })

  it("makes the next call the trial where the first was given up", () => {
    const { breaker, fail, pass } = subject()
    fail("refused", "refused", "refused")
    pass(1_000)
    fail("aborted")
    letThrough(breaker).answered()
    expect(breaker.enter()).toHaveProperty("passage")
  })

  it("does not listen to calls that began before it opened", () => {
    const { breaker, fail, pass } = subject()
    const slow = [letThrough(breaker), letThrough(breaker)]
    fail("refused", "refused", "refused")
    slow[0]?.answered()
    expect(breaker.enter()).toHaveProperty("refusal")
    pass(1_000)
    const trial = letThrough(breaker)
    slow[1]?.failed("headers_timeout")
    trial.answered()
    expect(breaker.enter()).toHaveProperty("passage")
  })
})

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

  it("is not opened by questions about numbers that nobody proved, which are asked once each", async () => {
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

describe("breakers of several servers", () => {
  const origin = "https://api.acme.example"

  /** Each server looks at the board once a second, and knows at its next call what it saw. */
  function servers() {
    let now = 0
    const known = new Map<string, { until: number; lastReason: GatewayErrorReason }>()
    const board = {
      tellAway: async (of: string, { retryInMs, lastReason }: Refusal) =>
        void known.set(of, { until: now + retryInMs, lastReason }),
      tellBack: async (of: string) => void known.delete(of),
      read: jest.fn(async () => {
        const entries = [...known].map(([of, { until, lastReason }]): [string, Refusal] => [
          of,
          { retryInMs: Math.max(0, until - now), lastReason },
        ])
        return new Map(entries)
      }),
    }
    const [one, other] = [0, 1].map(() => {
      const breakers = createCircuitBreakers(policy, () => now)
      breakers.shareOn(board)
      return breakers.of(origin)
    })
    const pass = async (ms: number) => {
      await new Promise(setImmediate)
      now += ms
    }
    return { one: one!, other: other!, board, pass }
  }

  const times = (count: number, act: () => void) => Array.from({ length: count }, act)

  it("all leave a host alone that one has found to be away", async () => {
    const subject = servers()
    times(policy.failures, () => letThrough(subject.one).failed("headers_timeout"))
    letThrough(subject.other)
    await subject.pass(100)
    expect(subject.other.enter()).toEqual({
      refusal: { retryInMs: 900, lastReason: "headers_timeout" },
    })
  })

  it("go on where they are answered, because one may have a fault of its own, up to their first failure", async () => {
    const { one, other, pass } = servers()
    times(policy.failures, () => letThrough(one).failed("headers_timeout"))
    letThrough(other).answered()
    await pass(100)
    letThrough(other).failed("declined")
    letThrough(other).failed("headers_timeout")
    expect(other.enter()).toEqual({
      refusal: { retryInMs: 900, lastReason: "headers_timeout" },
    })
    expect(one.refusal()).toMatchObject({ retryInMs: 900 })
  })

  it("go on where they are answered while they learn of it, too, if they were idle until then", async () => {
    const { one, other, pass } = servers()
    times(policy.failures, () => letThrough(one).failed("headers_timeout"))
    const [first, second] = [letThrough(other), letThrough(other)]
    await pass(100)
    expect(other.refusal()).toMatchObject({ retryInMs: 900 })
    first.answered()
    expect(other.refusal()).toBeUndefined()
    second.failed("declined")
    letThrough(other).failed("headers_timeout")
    expect(other.refusal()).toEqual({ retryInMs: 900, lastReason: "headers_timeout" })
    // One that was under way when it failed here proves nothing of the time after.
    second.answered()
    expect(other.refusal()).toBeDefined()
    expect(one.refusal()).toMatchObject({ retryInMs: 900 })
  })

  it("do not go on by an answer of long ago", async () => {
    const { one, other, pass } = servers()
    letThrough(other).answered()
    await pass(policy.pauseMs)
    times(policy.failures, () => letThrough(one).failed("headers_timeout"))
    letThrough(other)
    await pass(0)
    expect(other.refusal()).toEqual({ retryInMs: 1_000, lastReason: "headers_timeout" })
  })

  it("send to it again once one was answered, and read the board once a second at most", async () => {
    const { one, other, board, pass } = servers()
    times(policy.failures, () => letThrough(one).failed("headers_timeout"))
    letThrough(other)
    await pass(1_000)
    expect(other.refusal()).toEqual({ retryInMs: 0, lastReason: "headers_timeout" })
    letThrough(one).answered()
    letThrough(one)
    await pass(1_000)
    // The first to be let through is its trial; what it has seen on the board meanwhile is known to the next.
    letThrough(other)
    await pass(0)
    times(5, () => letThrough(other))
    expect(board.read.mock.calls.length).toBeLessThanOrEqual(6)
  })

  it("stay with what they have found themselves where the board can't be read or written", async () => {
    const { one, board, pass } = servers()
    board.read.mockRejectedValue(new Error("the database is away"))
    board.tellAway = async () => {
      throw new Error("the database is away")
    }
    times(policy.failures, () => letThrough(one).failed("headers_timeout"))
    await pass(500)
    expect(one.enter()).toEqual({ refusal: { retryInMs: 500, lastReason: "headers_timeout" } })
    await pass(500)
    letThrough(one).answered()
    letThrough(one)
  })
})
