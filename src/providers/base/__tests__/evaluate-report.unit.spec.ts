import { decimal } from "../../../gateways/shared/money"
import { evaluateReport } from "../evaluate-report"
import type { OrderReport, ProvenPayment } from "../gateway"

const order = { amount: "100.00", currency_code: "php" }

const payment = (amount: string, currency = "php"): ProvenPayment => ({
  gatewayId: `G${amount}`,
  amount: decimal(amount),
  currency,
})

const report = (state: OrderReport["state"], money: OrderReport["money"]): OrderReport => ({
  state,
  rawStatus: state,
  money,
})

describe.each(["paid", "authorized"] as const)("an order that is %s", (state) => {
  it.each([
    ["a centavo less", "99.99"],
    ["a centavo more", "100.01"],
    ["a fraction of a centavo less", "99.999999999999999999"],
    ["nothing", "0"],
    ["a hundredth, as a gateway that counts in minor units would say", "1"],
    ["a hundredfold", "10000"],
    ["a negative amount", "-100"],
  ])("is a mismatch with %s", (_what, amount) => {
    expect(evaluateReport(order, report(state, [payment(amount)]), false).type).toBe("mismatch")
  })

  it("is a mismatch in another currency, even with the same figure", () => {
    expect(evaluateReport(order, report(state, [payment("100.00", "usd")]), false)).toEqual({
      type: "mismatch",
      explanation: "ordered were 100.00 php, received 100 usd",
    })
  })

  it("is a mismatch where one of several payments is in another currency", () => {
    const money = [payment("100"), payment("1", "usd")]
    expect(evaluateReport(order, report(state, money), true).type).toBe("mismatch")
  })

  it("is a mismatch where the gateway proves no payment at all", () => {
    expect(evaluateReport(order, report(state, []), false).type).toBe("mismatch")
  })

  it("says in a mismatch what was ordered and what was received", () => {
    expect(evaluateReport(order, report(state, [payment("99.5")]), false)).toEqual({
      type: "mismatch",
      explanation: "ordered were 100.00 php, received 99.5 php",
    })
  })

  it("is believed with the amount that was ordered, however many zeros it ends in", () => {
    expect(evaluateReport(order, report(state, [payment("100")]), false)).toEqual({ type: state })
    expect(evaluateReport(order, report(state, [payment("100.0000")]), false)).toEqual({
      type: state,
    })
  })

  it("is believed where the gateway names no amount and the reference stands for it", () => {
    expect(evaluateReport(order, report(state, "as_ordered"), false)).toEqual({ type: state })
  })
})

describe("an order that is paid in parts", () => {
  const inParts = (...amounts: string[]) =>
    evaluateReport(
      order,
      report(
        "paid",
        amounts.map((amount) => payment(amount))
      ),
      true
    )

  it("is pending until all of it came", () => {
    expect(inParts()).toEqual({ type: "pending" })
    expect(inParts("99.99")).toEqual({ type: "pending" })
    expect(inParts("50", "49.99")).toEqual({ type: "pending" })
  })

  it("is paid when the parts make up the whole, exactly", () => {
    expect(inParts("0.1", "0.2", "99.7")).toEqual({ type: "paid" })
  })

  it("is paid where more came than was ordered", () => {
    expect(inParts("60", "60")).toEqual({ type: "paid" })
  })
})

describe("an order that the gateway calls otherwise, of which parts came under other numbers", () => {
  const told = (state: OrderReport["state"], ...amounts: string[]) =>
    evaluateReport(
      order,
      report(
        state,
        amounts.map((amount) => payment(amount))
      ),
      true
    )

  it.each(["pending", "failed", "expired", "canceled"] as const)(
    "is paid once they make up the whole, whatever its own word is: %s",
    (state) => {
      expect(told(state, "60", "40")).toEqual({ type: "paid" })
      expect(told(state, "60", "41")).toEqual({ type: "paid" })
    }
  )

  it.each([
    ["pending", "pending"],
    ["failed", "failed"],
    ["canceled", "canceled"],
    ["expired", "pending"],
  ] as const)("is %s with less: %s, because time alone does not end it", (state, type) => {
    expect(told(state, "60", "39.99")).toEqual({ type })
  })

  it.each(["pending", "failed", "expired", "canceled"] as const)(
    "is %s where nothing came",
    (state) => {
      expect(told(state)).toEqual({ type: state })
    }
  )

  it("is a mismatch where a part is in another currency", () => {
    const money = [payment("60"), payment("40", "usd")]
    expect(evaluateReport(order, report("expired", money), true)).toEqual({
      type: "mismatch",
      explanation: "ordered were 100.00 php, received 40 usd",
    })
  })

  it.each(["refunded", "chargeback"] as const)(
    "is %s whatever came before: the money is gone again",
    (state) => {
      expect(told(state, "60", "40")).toEqual({ type: state })
      expect(told(state, "60")).toEqual({ type: state })
    }
  )
})

describe("an order of which a part was captured", () => {
  const captured = (amount: string, ...sums: string[]) =>
    evaluateReport(order, report("paid", [payment(amount)]), false, sums).type

  it("is paid with that part as well as with the whole", () => {
    expect(captured("40", "40.00")).toBe("paid")
    expect(captured("100", "40.00")).toBe("paid")
    expect(captured("70", "40.00", "70.00")).toBe("paid")
  })

  it("is a mismatch with anything else", () => {
    expect(captured("60", "40.00")).toBe("mismatch")
    expect(captured("40")).toBe("mismatch")
  })
})

it.each(["pending", "failed", "expired", "canceled", "refunded", "chargeback"] as const)(
  "an order that is %s is that, whatever amount comes with it",
  (state) => {
    expect(evaluateReport(order, report(state, [payment("1", "usd")]), false)).toEqual({
      type: state,
    })
  }
)
