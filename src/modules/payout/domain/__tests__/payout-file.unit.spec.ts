import { executionDate, messageIdOf } from "../payout-file"

describe("A file's name at the bank", () => {
  const file = {
    batch_id: "pobat_01M8CNP8X9TY5KXCAYT4RZ87T4",
    provider_id: "po_bank_file_zagreb",
    currency_code: "eur",
    number: 1,
  }

  it("is the same for the same file of a batch, and has what every bank takes", () => {
    expect(messageIdOf(file)).toBe(messageIdOf({ ...file }))
    expect(messageIdOf(file)).toMatch(/^B01M8CNP8X9TY5KXCAYT4RZ87T4[0-9A-Z]{5}01$/)
  })

  it("is another one for each provider, currency, number and batch", () => {
    const others = [
      { ...file, provider_id: "po_bank_file_split" },
      { ...file, currency_code: "usd" },
      { ...file, number: 2 },
      { ...file, batch_id: "pobat_01M8CNP8X9TY5KXCAYT4RZ87T5" },
    ]
    expect(new Set([file, ...others].map(messageIdOf)).size).toBe(5)
  })
})

describe("The day on which the bank is to pay", () => {
  // In Zagreb it is the first of December already.
  const clock = { now: new Date("2026-11-30T23:30:00Z"), timeZone: "Europe/Zagreb" }

  it("is today there, where nobody says another", () => {
    expect(executionDate(undefined, clock)).toBe("2026-12-01")
    expect(executionDate("2026-12-01", clock)).toBe("2026-12-01")
    expect(executionDate("2027-11-30", clock)).toBe("2027-11-30")
  })

  it.each(["2026-11-30", "2028-01-01", "2026-02-30", "1.12.2026", "2026-12-1", ""])(
    "is not %j",
    (day) => {
      expect(() => executionDate(day, clock)).toThrow("execution_date must be a day")
    }
  )
})
