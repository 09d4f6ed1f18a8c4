import type { ReceivedMessages } from "../../../modules/payment-journal/repositories/provider-health"
import { clockAhead } from "../check-provider"
import { MessageLog } from "../message-log"

describe("the log of messages", () => {
  let written: [string, ReceivedMessages][]
  let time: number
  let log: MessageLog
  const failures: unknown[] = []

  beforeEach(() => {
    jest.useFakeTimers()
    written = []
    time = 0
    log = new MessageLog(
      async (...messages) => void written.push(messages),
      (error) => failures.push(error),
      () => new Date(time)
    )
  })

  afterEach(() => {
    jest.useRealTimers()
  })

  it("writes all of a second by one statement for each provider", async () => {
    log.note("pp_acme_main", "verified")
    time = 400
    log.note("pp_acme_main", "forged")
    log.note("pp_acme_other", "unsigned")
    expect(written).toEqual([])
    await jest.advanceTimersByTimeAsync(1_000)
    expect(written).toEqual([
      [
        "pp_acme_main",
        {
          letters: "vf",
          lastAt: new Date(400),
          lastVerifiedAt: new Date(0),
          lastRefusedAt: new Date(400),
        },
      ],
      [
        "pp_acme_other",
        { letters: "u", lastAt: new Date(400), lastVerifiedAt: null, lastRefusedAt: null },
      ],
    ])
    await jest.advanceTimersByTimeAsync(5_000)
    expect(written).toHaveLength(2)
  })

  it("holds no more of a flood than is kept", async () => {
    for (let count = 0; count < 5_000; count++) {
      log.note("pp_acme_main", "forged")
    }
    await log.flush()
    expect(written[0]?.[1].letters).toBe("f".repeat(100))
  })

  it("goes on after what could not be written", async () => {
    const failing = new MessageLog(
      async () => await Promise.reject(new Error("the database is away")),
      (error) => failures.push(error)
    )
    failing.note("pp_acme_main", "verified")
    await expect(failing.flush()).resolves.toBeUndefined()
    expect(failures).toEqual([new Error("the database is away")])
  })
})

describe("how far this clock is ahead of a gateway's", () => {
  const now = new Date("2030-01-01T00:05:00Z")

  it.each([
    ["Tue, 01 Jan 2030 00:00:00 GMT", 300_000],
    ["Tue, 01 Jan 2030 00:06:00 GMT", -60_000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 24 * 3_600_000],
    ["yesterday", undefined],
    [undefined, undefined],
  ])("by the header %s is %s ms", (date, ahead) => {
    expect(clockAhead({ date }, now)).toBe(ahead)
  })
})
