import { operationStates } from "../../../modules/payment-journal/gateway-operation"
import { gatewayOrderStates } from "../../../modules/payment-journal/gateway-order"
import { type AttemptFacts, codeLifeMs, decideSale, type SaleFacts } from "../sale-state"

const begunAt = new Date("2030-01-01T00:00:00Z")
const leaseExpiresAt = new Date(begunAt.getTime() + 90_000)
const soon = new Date(begunAt.getTime() + 1_000)
const later = new Date(begunAt.getTime() + 3_600_000)

const nothingScanned: SaleFacts = { row: "open", isDue: true, attempt: null }

function scanned(
  charge: NonNullable<AttemptFacts["charge"]>["state"],
  change: Partial<AttemptFacts> = {}
) {
  const attempt: AttemptFacts = {
    state: "open",
    hasMoney: false,
    isSettled: false,
    charge: { state: charge, begunAt, leaseExpiresAt },
    ...change,
  }
  return { ...nothingScanned, attempt }
}

describe("a sale at the till", () => {
  it("waits for a code while nothing was sent, also where a payment was opened and the server died", () => {
    expect(decideSale(nothingScanned, soon)).toEqual({
      state: "waiting_for_code",
      canCharge: true,
      canCancel: true,
      canSetAside: false,
    })
    expect(decideSale(scanned("intended", { charge: null }), soon).state).toBe("waiting_for_code")
  })

  it("is being charged for as long as the server at work on it has the time to finish", () => {
    expect(decideSale(scanned("intended"), soon)).toMatchObject({
      state: "charging",
      canCharge: false,
      canCancel: false,
      canSetAside: false,
    })
    expect(decideSale(scanned("intended"), later).state).toBe("unknown")
  })

  it("is unknown after an answer that never came: no other code, and no end, until a code is over", () => {
    expect(decideSale(scanned("unknown"), soon)).toEqual({
      state: "unknown",
      canCharge: false,
      canCancel: false,
      canSetAside: false,
    })
    const over = new Date(begunAt.getTime() + codeLifeMs)
    expect(decideSale(scanned("unknown"), new Date(over.getTime() - 1)).canSetAside).toBe(false)
    expect(decideSale(scanned("unknown"), over).canSetAside).toBe(true)
  })

  it("takes the gateway's word of a charge for nothing until it is proved", () => {
    expect(decideSale(scanned("done"), soon).state).toBe("unknown")
  })

  it("can be charged again where the charge was surely not made", () => {
    expect(decideSale(scanned("declined", { state: "failed" }), soon)).toMatchObject({
      state: "declined",
      canCharge: true,
      canCancel: true,
    })
  })

  it("is paid by the journal's word, whatever the charge's own row says", () => {
    for (const charge of operationStates) {
      expect(decideSale(scanned(charge, { state: "paid" }), soon).state).toBe("paid")
    }
  })

  it("is a person's to settle where other money came than was ordered", () => {
    expect(decideSale(scanned("unknown", { hasMoney: true }), soon)).toMatchObject({
      state: "mismatch",
      canCharge: false,
      canCancel: false,
      canSetAside: false,
    })
  })

  it("can be ended, and not be charged, once a person has settled the other money that came", () => {
    expect(decideSale(scanned("unknown", { hasMoney: true, isSettled: true }), soon)).toMatchObject(
      { state: "mismatch", canCharge: false, canCancel: true, canSetAside: false }
    )
    const settledWithoutMoney = scanned("unknown", { isSettled: true })
    expect(decideSale(settledWithoutMoney, later)).toMatchObject({
      state: "unknown",
      canCancel: false,
    })
  })

  it.each(["refunded", "chargeback"] as const)(
    "is not shown as paid once the money went back (%s): no code, and it can be ended",
    (state) => {
      expect(decideSale(scanned("done", { state, hasMoney: true }), later)).toEqual({
        state: "refunded",
        canCharge: false,
        canCancel: true,
        canSetAside: false,
      })
    }
  )

  it("has nothing to charge where the order was paid otherwise, and can be ended", () => {
    expect(decideSale({ ...nothingScanned, isDue: false }, soon)).toMatchObject({
      state: "nothing_due",
      canCharge: false,
      canCancel: true,
    })
  })

  it("never offers a code or an end while money may have moved", () => {
    const wentBack = ["refunded", "chargeback"]
    for (const state of gatewayOrderStates.filter((one) => !wentBack.includes(one))) {
      for (const charge of operationStates.filter((one) => one !== "declined")) {
        for (const isDue of [true, false]) {
          const decision = decideSale({ ...scanned(charge, { state }), isDue }, later)
          expect(decision).toMatchObject({ canCharge: false, canCancel: false })
        }
      }
    }
  })

  it("stays ended, whatever becomes of its payment", () => {
    expect(decideSale({ ...scanned("unknown"), row: "done" }, soon).state).toBe("done")
    expect(decideSale({ ...scanned("unknown"), row: "canceled" }, soon)).toMatchObject({
      state: "canceled",
      canCharge: false,
      canCancel: false,
      canSetAside: false,
    })
  })
})
