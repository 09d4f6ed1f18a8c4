import { GatewayDeclinedError, GatewayNotSentError, GatewayUnknownError } from "../gateway-error"
import { isPassing, retryDelay } from "../retry"
import { seededRandom } from "./seeded-random"

const policy = { maxAttempts: 10, baseDelayMs: 100, maxDelayMs: 1_000 }
const call = { gateway: "acme", operation: "query" }

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

describe("isPassing", () => {
  it("is true for what may be over in a moment", () => {
    expect(isPassing(new GatewayNotSentError({ ...call, reason: "refused" }))).toBe(true)
    expect(isPassing(new GatewayUnknownError({ ...call, reason: "server_error" }))).toBe(true)
  })

  it("is false for what would come out the same", () => {
    expect(isPassing(new GatewayDeclinedError(call))).toBe(false)
    expect(isPassing(new GatewayUnknownError({ ...call, reason: "unreadable" }))).toBe(false)
    expect(isPassing(new GatewayNotSentError({ ...call, reason: "invalid_request" }))).toBe(false)
  })
})
