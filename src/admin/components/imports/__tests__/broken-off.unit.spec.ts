import { isBrokenOff } from "../broken-off"

const now = Date.parse("2030-01-25T09:00:00.000Z")
const ago = (ms: number) => new Date(now - ms).toISOString()

describe("an import of a file of transfers", () => {
  it.each(["checking", "making"] as const)(
    "that is %s broke off once it has shown no progress for more than a minute",
    (status) => {
      expect(isBrokenOff({ status, updated_at: ago(60_001) }, now)).toBe(true)
      expect(isBrokenOff({ status, updated_at: ago(60_000) }, now)).toBe(false)
      expect(isBrokenOff({ status, updated_at: ago(-5_000) }, now)).toBe(false)
    }
  )

  it.each(["done", "refused"] as const)("that is %s has ended, however long ago", (status) => {
    expect(isBrokenOff({ status, updated_at: ago(86_400_000) }, now)).toBe(false)
  })
})
