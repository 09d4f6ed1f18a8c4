import { type CircuitBreaker, createCircuitBreaker, type Passage } from "../circuit-breaker"
import type { GatewayErrorReason } from "../gateway-error"

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
