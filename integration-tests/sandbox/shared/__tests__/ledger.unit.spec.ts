import { Ledger } from "../ledger"

const payment = { kind: "payment", reference: "A", amount: "1.00", currency: "PHP" } as const

describe("Ledger", () => {
  it("shows a payment that was made twice as two entries", () => {
    const ledger = new Ledger(() => 0)
    ledger.append(payment)
    ledger.append(payment)
    expect(ledger.entries()).toEqual([
      { ...payment, at: "1970-01-01T00:00:00.000Z" },
      { ...payment, at: "1970-01-01T00:00:00.000Z" },
    ])
  })

  it("can be asked for one kind and one reference", () => {
    const ledger = new Ledger(() => 0)
    ledger.append(payment)
    ledger.append({ ...payment, kind: "refund" })
    ledger.append({ ...payment, reference: "B" })
    expect(ledger.entries({ kind: "payment", reference: "A" })).toHaveLength(1)
    expect(ledger.entries({ reference: "A" })).toHaveLength(2)
  })
})
