import { nextLook, nextQuestion, nextTry, startOfDay } from "../schedule"

describe("times", () => {
  const second = 1_000
  const minute = 60 * second
  const hour = 60 * minute
  const day = 24 * hour

  describe("The start of a day", () => {
    it.each([
      ["2030-01-15T10:30:00Z", "UTC", "2030-01-15T00:00:00Z"],
      ["2030-01-15T00:00:00Z", "UTC", "2030-01-15T00:00:00Z"],
      ["2030-01-14T23:59:59.999Z", "UTC", "2030-01-14T00:00:00Z"],
      ["2030-01-15T15:59:59Z", "Asia/Manila", "2030-01-14T16:00:00Z"],
      ["2030-01-15T16:00:00Z", "Asia/Manila", "2030-01-15T16:00:00Z"],
      ["2030-01-15T01:00:00Z", "Asia/Kathmandu", "2030-01-14T18:15:00Z"],
      // The clocks went forward at two, and back at three.
      ["2029-03-25T20:00:00Z", "Europe/Berlin", "2029-03-24T23:00:00Z"],
      ["2029-10-28T22:59:00Z", "Europe/Berlin", "2029-10-27T22:00:00Z"],
      // There was no midnight: the day began at one.
      ["2024-04-26T12:00:00Z", "Africa/Cairo", "2024-04-25T22:00:00Z"],
    ])("of %s in %s was %s", (now, timeZone, start) => {
      expect(startOfDay(new Date(now), timeZone).toISOString()).toBe(new Date(start).toISOString())
    })
  })

  describe("The timetable", () => {
    const sent = new Date("2030-01-01T00:00:00Z")
    const at = (ms: number) => new Date(sent.getTime() + ms)

    it("asks soon, then seldom, and ends after seven days", () => {
      const times: number[] = []
      for (let now: Date | undefined = sent; now; now = nextQuestion({ submitted_at: sent }, now)) {
        times.push(now.getTime() - sent.getTime())
      }
      const days = [1, 2, 3, 4, 5, 6, 7].map((number) => number * day)
      expect(times).toEqual([0, 30 * second, 2 * minute, 5 * minute, 15 * minute, hour, ...days])
    })

    it("does not make up for what was missed while the shop was away", () => {
      expect(nextQuestion({ submitted_at: sent }, at(3 * hour))).toEqual(at(day))
      expect(nextQuestion({ submitted_at: sent }, at(7 * day))).toBeUndefined()
    })

    it("looks at what succeeded daily for a week", () => {
      expect(nextLook(sent, sent)).toEqual(at(day))
      expect(nextLook(sent, at(6.5 * day))).toEqual(at(7 * day))
      expect(nextLook(sent, at(7 * day))).toBeUndefined()
    })

    it("tries again later each time, and hourly in the end", () => {
      const waits = [1, 2, 3, 4, 5, 50].map(
        (tries) => nextTry(tries, sent).getTime() - sent.getTime()
      )
      expect(waits).toEqual([minute, 5 * minute, 15 * minute, hour, hour, hour])
    })
  })
})
