import { tokenLifetimeMs } from "../token-lifetime"

const now = new Date("2030-01-01T00:00:00Z")
const hour = 3_600_000
const inSeconds = (date: Date) => date.getTime() / 1_000
const anHourFromNow = new Date(now.getTime() + hour)
const anHourAgo = new Date(now.getTime() - hour)

describe("the lifetime of an access token", () => {
  it.each([
    ["that ended an hour ago, in milliseconds", anHourAgo.getTime()],
    ["that ended an hour ago, in seconds", inSeconds(anHourAgo)],
    ["that ends now", now.getTime()],
    ["of no time at all", 0],
    ["of less than a second", 0.5],
  ])("%s is one second: enough for the call at hand, never less than nothing", (_what, time) => {
    expect(tokenLifetimeMs(time, now)).toBe(1_000)
  })

  it.each([null, undefined])("that is not told (%s) is five minutes", (time) => {
    expect(tokenLifetimeMs(time, now)).toBe(300_000)
  })

  it("is told as a point in time in milliseconds", () => {
    expect(tokenLifetimeMs(anHourFromNow.getTime(), now)).toBe(hour)
  })

  it("is told as a point in time in seconds", () => {
    expect(tokenLifetimeMs(inSeconds(anHourFromNow), now)).toBe(hour)
  })

  it("is told as a number of seconds", () => {
    expect(tokenLifetimeMs(7_200, now)).toBe(2 * hour)
  })

  it("is a number of seconds up to 1e9, and a point in time in seconds above it", () => {
    const then = new Date(1e12)
    expect(tokenLifetimeMs(1e9, then)).toBe(1e12)
    expect(tokenLifetimeMs(1e9 + 60, then)).toBe(60_000)
  })

  it("is a point in time in seconds up to 1e12, and in milliseconds above it", () => {
    const then = new Date(1e12)
    expect(tokenLifetimeMs(1e12, then)).toBe(1e15 - 1e12)
    expect(tokenLifetimeMs(1e12 + 60_000, then)).toBe(60_000)
  })
})
