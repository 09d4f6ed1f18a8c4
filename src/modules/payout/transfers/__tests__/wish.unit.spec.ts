import type { NewTransfer } from "../../transfer"
import { fingerprintOf, readWish } from "../wish"

const wanted: NewTransfer = {
  beneficiary_id: "poben_1",
  amount: "1500.00",
  currency_code: "php",
  purpose: "October",
}

describe("The fingerprint of a wish", () => {
  const fingerprint = (change: Partial<NewTransfer> = {}, retryOf: string | null = null) =>
    fingerprintOf(readWish({ ...wanted, ...change }, retryOf))

  it("is the same however amount and currency are written, whoever's key it comes with", () => {
    expect(fingerprint({ amount: "1500", currency_code: " PHP " })).toBe(fingerprint())
    expect(fingerprint({ idempotency_key: "k" })).toBe(fingerprint())
    expect(fingerprint()).toMatch(/^[0-9a-f]{64}$/)
  })

  it("is another for everything else", () => {
    const all = [
      fingerprint(),
      fingerprint({ amount: "1500.01" }),
      fingerprint({ currency_code: "idr" }),
      fingerprint({ purpose: "November" }),
      fingerprint({ beneficiary_id: "poben_2" }),
      fingerprint({}, "potr_1"),
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  it("does not mix up where one field ends and the next begins", () => {
    expect(fingerprint({ beneficiary_id: 'a","b' })).not.toBe(fingerprint({ beneficiary_id: "a" }))
  })
})

describe("A wish", () => {
  it.each<[Partial<NewTransfer>, string]>([
    [{ beneficiary_id: "" }, "beneficiary_id"],
    [{ amount: "1,5" }, "amount"],
    [{ amount: "NaN" }, "amount"],
    [{ amount: "" }, "amount"],
    [{ currency_code: "pesos" }, "currency_code"],
    [{ purpose: "  " }, "purpose"],
    [{ purpose: "x".repeat(256) }, "purpose"],
    [{ idempotency_key: "" }, "idempotency_key"],
    [{ idempotency_key: "x".repeat(256) }, "idempotency_key"],
  ])("%p is refused by the name of what is wrong", (change, name) => {
    expect(() => readWish({ ...wanted, ...change })).toThrow(name)
  })
})
