import { dayOf, isTimeZone } from "../time-zone"

describe("The day of a moment", () => {
  it.each([
    ["2026-05-01T22:00:00Z", "Europe/London", "2026-05-01"],
    ["2026-05-01T22:00:00Z", "Asia/Manila", "2026-05-02"],
    ["2026-12-31T10:00:00Z", "Pacific/Kiritimati", "2027-01-01"],
    ["2028-03-01T04:59:59Z", "America/New_York", "2028-02-29"],
    ["2027-03-28T00:59:59Z", "Europe/Zagreb", "2027-03-28"],
  ])("%s is in %s that of %s", (time, timeZone, day) => {
    expect(dayOf(new Date(time), timeZone)).toBe(day)
  })
})

describe("The name of a time zone", () => {
  it.each(["Asia/Manila", "Europe/Zagreb", "America/Port-au-Prince", "Etc/GMT-8", "UTC"])(
    "can be %j",
    (name) => {
      expect(isTimeZone(name)).toBe(true)
    }
  )

  // Node 22 takes the offsets.
  it.each(["", "Manila", "Middle/Earth", "+08:00", "-0330", " UTC"])("is not %j", (name) => {
    expect(isTimeZone(name)).toBe(false)
  })
})
