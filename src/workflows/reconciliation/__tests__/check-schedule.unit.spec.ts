import type { GatewayOrder } from "../../../modules/payment-journal/gateway-order"
import {
  canBePaid,
  canTellMore,
  decideFailedCheck,
  decideOperationCheck,
  decideOrderCheck,
} from "../check-schedule"

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const opened = new Date("2030-01-01T00:00:00Z")
const after = (ms: number) => new Date(opened.getTime() + ms)

function order(change: Partial<GatewayOrder> = {}): GatewayOrder {
  return {
    id: "gword_1",
    reference: "01JQ00000000000000000000010",
    provider_id: "pp_acme_acme",
    session_id: "payses_01JQ0000000000000000000001",
    attached_session_id: null,
    payment_collection_id: null,
    cart_id: null,
    customer_id: null,
    requested_amount: "100",
    amount: "100.00",
    currency_code: "php",
    state: "open",
    raw_status: null,
    gateway_id: null,
    candidate_ids: [],
    answers: [],
    details: null,
    expires_at: null,
    asked_at: null,
    session_released_at: null,
    next_check_at: opened,
    checks: 1,
    created_at: opened,
    updated_at: opened,
    ...change,
  }
}

const decide = (
  state: Parameters<typeof decideOrderCheck>[0]["state"],
  change: Partial<GatewayOrder> = {},
  { now = after(minute), booking = "none" as "none" | "made_now" | "made_before", limits = {} } = {}
) => decideOrderCheck({ order: order(change), state, booking }, limits, now)

describe("an order that is not paid yet", () => {
  it("is asked about often at first and daily then", () => {
    const now = after(minute)
    const pauses = [1, 2, 3, 4, 5, 6, 50].map(
      (checks) => Number(decide("pending", { checks }, { now }).next) - now.getTime()
    )
    expect(pauses).toEqual([2 * minute, 5 * minute, 15 * minute, hour, day, day, day])
  })

  it("is asked about a last time at the end of what the gateway can settle, and given up then", () => {
    expect(decide("pending", { checks: 20 }, { now: after(13.5 * day) })).toEqual({
      count: null,
      next: after(14 * day),
    })
    expect(decide("pending", { checks: 21 }, { now: after(14 * day) })).toEqual({
      count: "given_up",
      next: null,
    })
  })

  it("is given up when the gateway itself says that nothing changes any more", () => {
    const limits = { settlesWithinDays: 3 }
    expect(decide("pending", { checks: 9 }, { now: after(3 * day), limits }).count).toBe("given_up")
    expect(decide("pending", { checks: 9 }, { now: after(2 * day), limits }).count).toBeNull()
  })

  it("is asked about soon after its time to pay is over", () => {
    const change = { checks: 5, expires_at: after(4 * hour) }
    expect(decide("pending", change).next).toEqual(after(4 * hour + 10 * minute))
    const now = after(5 * hour)
    expect(decide("pending", change, { now }).next).toEqual(after(5 * hour + day))
  })

  it("that failed counts once and is asked about on, because it can still be paid", () => {
    expect(decide("failed", { state: "open" })).toEqual({
      count: "failed",
      next: after(3 * minute),
    })
    expect(decide("failed", { state: "failed" }).count).toBeNull()
  })

  it("that failed ends unreported when its time is over", () => {
    const now = after(14 * day)
    expect(decide("failed", { state: "failed" }, { now })).toEqual({ count: null, next: null })
  })

  it.each(["expired", "canceled"] as const)("that is %s is asked about once more", (state) => {
    expect(decide(state, { state: "open" })).toEqual({
      count: "failed",
      next: after(minute + day),
    })
    expect(decide(state, { state })).toEqual({ count: null, next: null })
  })
})

describe("what each gateway declares", () => {
  const kess = { webhooks: "none", payable: { hours: 2 } } as const
  const cashy = { webhooks: "signed", payable: { hours: 720 } } as const
  const endless = { webhooks: "signed", payable: "without_end" } as const
  type Declared = typeof kess | typeof cashy | typeof endless

  /** The ages at which an unpaid order is asked about, from its first check on. */
  function asked(limits: Declared, until: number, change: Partial<GatewayOrder> = {}): number[] {
    const ages = [30_000]
    for (;;) {
      const age = ages.at(-1)!
      const { next } = decide(
        "pending",
        { ...change, checks: ages.length },
        { now: after(age), limits }
      )
      const nextAge = next && next.getTime() - opened.getTime()
      if (nextAge === null || nextAge > until) {
        return ages
      }
      ages.push(nextAge)
    }
  }

  it("has a QR of which no message tells asked about densely while it can be paid, and little after", () => {
    const ages = asked(kess, 30 * day)
    const payable = ages.filter((age) => age <= 2 * hour)
    payable.slice(1).forEach((age, index) => {
      expect(age - payable[index]!).toBeLessThanOrEqual(Math.max(minute, payable[index]! / 8) + 1)
    })
    expect(ages).toContain(2 * hour + 10 * minute)
    expect(payable.length).toBeLessThan(40)
    expect(ages.length).toBeLessThan(60)
    expect(ages.at(-1)).toBe(14 * day)
  })

  it("has a code that lives thirty days asked about to its end, and a day longer", () => {
    const expires_at = after(30 * day)
    const ages = asked(cashy, 60 * day, { expires_at })
    expect(ages).toContain(30 * day + 10 * minute)
    expect(ages.at(-1)).toBe(31 * day)
    expect(ages.length).toBeLessThan(40)
    expect(asked(cashy, 60 * day).at(-1)).toBe(31 * day) // where the answer that told its end was lost
  })

  it("has a link without an end never given up, and asked about ever more seldom", () => {
    const year = 365 * day
    const ages = asked(endless, 10 * year)
    expect(ages.at(-1)).toBeGreaterThan(7 * year)
    expect(ages.filter((age) => age <= 14 * day).length).toBeLessThan(20)
    expect(ages.length).toBeLessThan(50)
    ages.slice(1).forEach((age, index) => {
      expect(age - ages[index]!).toBeLessThanOrEqual(Math.max(day, ages[index]! / 4) + 1)
    })
  })

  it.each(["canceled", "expired", "failed"] as const)(
    "has a link without an end asked about on after a try that %s",
    (state) => {
      const limits = endless
      expect(decide(state, { state: "open", checks: 9 }, { now: after(20 * day), limits })).toEqual(
        {
          count: "failed",
          next: after(25 * day),
        }
      )
      expect(decide(state, { state, checks: 9 }, { now: after(20 * day), limits }).count).toBeNull()
    }
  )

  it("tells what can still be paid when it is given up", () => {
    const payable = (limits: object, ms: number) => canBePaid(order(), limits, after(ms))
    expect(payable(endless, 999 * day)).toBe(true)
    expect(payable({}, 14 * day)).toBe(true)
    expect(payable(kess, hour)).toBe(true)
    expect(payable(kess, 3 * hour)).toBe(false)
  })
})

describe("an order whose money came", () => {
  it.each(["paid", "authorized"] as const)("and that was booked now is settled (%s)", (state) => {
    expect(decide(state, {}, { booking: "made_now" })).toEqual({ count: "settled", next: null })
  })

  it.each(["paid", "authorized"] as const)("and was booked before counts as nothing", (state) => {
    expect(decide(state, {}, { booking: "made_before" })).toEqual({ count: null, next: null })
  })

  it("and pays for no order is unmatched", () => {
    expect(decide("paid")).toEqual({ count: "unmatched", next: null })
  })

  it("and is not what was ordered is unmatched, and looked at again the next day", () => {
    expect(decide("mismatch")).toEqual({ count: "unmatched", next: after(minute + day) })
  })

  it("and is only reserved is looked at again when its reservation is about to lapse", () => {
    const limits = { remindsOfReservationsAfterDays: 5 }
    const at = (now: Date) => decide("authorized", {}, { now, booking: "made_before", limits })
    expect(at(after(day))).toEqual({ count: null, next: after(5 * day) })
    expect(at(after(5 * day))).toEqual({ count: null, next: null })
  })

  it.each(["refunded", "chargeback"] as const)("and went back is done with (%s)", (state) => {
    expect(decide(state)).toEqual({ count: null, next: null })
  })
})

describe("the gateway", () => {
  it("is not asked about what was paid: its list tells of chargebacks", () => {
    expect(canTellMore({ state: "paid" })).toBe(false)
  })

  it.each(["opening", "open", "authorized", "failed", "expired", "canceled"] as const)(
    "is asked about what is %s",
    (state) => {
      expect(canTellMore({ state })).toBe(true)
    }
  )
})

describe("a gateway that could not be asked", () => {
  const failed = (checks: number, age: number) =>
    decideFailedCheck({ created_at: opened, checks }, {}, after(age))

  it("counts as an error and is asked within the hour on the first day", () => {
    expect(failed(1, minute)).toEqual({ count: "errors", next: after(3 * minute) })
    expect(failed(9, 5 * hour)).toEqual({ count: "errors", next: after(6 * hour) })
  })

  it("is asked daily then, until its time is over", () => {
    expect(failed(30, 2 * day)).toEqual({ count: "errors", next: after(3 * day) })
    expect(failed(44, 14 * day)).toEqual({ count: "given_up", next: null })
  })
})

describe("a move of money", () => {
  const moved = (finding: Parameters<typeof decideOperationCheck>[1], age = minute) =>
    decideOperationCheck({ created_at: opened, checks: 1 }, finding, {}, after(age))

  it.each([
    ["done", "settled"],
    ["declined", "failed"],
    ["may_repeat", null],
  ] as const)("that is %s is done with", (finding, count) => {
    expect(moved(finding)).toEqual({ count, next: null })
  })

  it("that is not known yet is asked about again, and given up in the end", () => {
    expect(moved("unknown")).toEqual({ count: null, next: after(3 * minute) })
    expect(moved("unknown", 14 * day)).toEqual({ count: "given_up", next: null })
  })
})
