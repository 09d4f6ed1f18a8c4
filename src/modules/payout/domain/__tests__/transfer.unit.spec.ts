import { decimal } from "../../../../gateways/shared/money"
import { FakePayoutProvider } from "../../__tests__/fake-provider"
import { type Beneficiary, changedByMaker } from "../beneficiary"
import {
  queryableStates,
  countedStates,
  isFinalState,
  mayFollow,
  nextStates,
  overrulingStates,
  transferStates,
} from "../state"
import { fingerprintOf, type NewTransfer, readTransferRequest, type Transfer } from "../transfer"
import { validateTransfer, type ValidationState } from "../validate-transfer"

const wanted: NewTransfer = {
  beneficiary_id: "poben_1",
  amount: "1500.00",
  currency_code: "php",
  purpose: "October",
}

describe("The fingerprint of a request", () => {
  const fingerprint = (change: Partial<NewTransfer> = {}, retryOf: string | null = null) =>
    fingerprintOf(readTransferRequest({ ...wanted, ...change }, retryOf))

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
      fingerprint({ external_id: "order 7" }),
      fingerprint({ metadata: { order: "7" } }),
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  it("is the same in whatever order its metadata are written", () => {
    const one = fingerprint({ metadata: { a: 1, b: "2" } })
    expect(fingerprint({ metadata: { b: "2", a: 1 } })).toBe(one)
  })

  it("does not mix up where one field ends and the next begins", () => {
    expect(fingerprint({ beneficiary_id: 'a","b' })).not.toBe(fingerprint({ beneficiary_id: "a" }))
  })
})

describe("A request", () => {
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
    [{ external_id: " " }, "external_id"],
    [{ external_id: "a\u0007b" }, "external_id"],
    [{ metadata: { note: "x".repeat(501) } }, "metadata.note"],
    [{ metadata: { ["k".repeat(41)]: 1 } }, "metadata"],
    [{ metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [n, n])) }, "metadata"],
  ])("%p is refused by the name of what is wrong", (change, name) => {
    expect(() => readTransferRequest({ ...wanted, ...change })).toThrow(name)
  })
})

const at = new Date("2030-01-01T00:00:00Z")

const beneficiary: Beneficiary = {
  id: "poben_1",
  provider_id: "po_acme_main",
  status: "active",
  version: 1,
  version_id: "pover_1",
  name: "Juan",
  kind: "person",
  email: null,
  phone: null,
  shop_name: null,
  account_hint: null,
  identity_hints: {},
  reason: null,
  created_by: "user_carol",
  edited_by: "user_carol",
  changed_by: changedByMaker("user_carol"),
  account_changed_at: null,
  external_id: null,
  metadata: null,
  idempotency_key: null,
  request_signature: null,
  created_at: at,
  updated_at: at,
}

const nothing = { all: decimal(0), payee: decimal(0), maker: decimal(0) }

const usual: ValidationState = {
  beneficiary,
  capabilities: new FakePayoutProvider().capabilities,
  duplicate: undefined,
  isFirstPayment: false,
  today: nothing,
}

function decide(
  change: Partial<NewTransfer> = {},
  state: Partial<ValidationState> = {},
  options: Partial<Parameters<typeof validateTransfer>[2]> = {}
) {
  const request = readTransferRequest({
    beneficiary_id: "poben_1",
    amount: "1500",
    currency_code: "php",
    purpose: "October",
    ...change,
  })
  return validateTransfer(
    request,
    { ...usual, ...state },
    { approval: "second_person", limits: {}, ...options }
  )
}

describe("A request for a transfer", () => {
  it("waits for a second person, with the amount at the provider's places", () => {
    expect(decide()).toEqual({
      type: "accepted",
      status: "awaiting_approval",
      amount: "1500.00",
      reason: null,
      same_as_id: null,
      first_payment_to: null,
    })
    expect(decide({ currency_code: "IDR" })).toMatchObject({ amount: "1500" })
  })

  it("is approved at once where nobody is asked", () => {
    expect(decide({}, {}, { approval: "none" })).toMatchObject({ status: "approved" })
  })

  it("that looks like another waits in any case, and says for what", () => {
    const duplicate = { id: "potr_1", reference: "P1", beneficiary_id: beneficiary.id }
    expect(decide({}, { duplicate }, { approval: "none" })).toMatchObject({
      status: "awaiting_approval",
      same_as_id: "potr_1",
      reason: { text: expect.stringContaining("It looks like P1"), code: "looks_like" },
    })
  })

  it.each<[string, Partial<NewTransfer>, Partial<ValidationState>, "request" | "state"]>([
    ["There is no payout beneficiary poben_1", {}, { beneficiary: undefined }, "request"],
    [
      "is pending: only an active one",
      {},
      { beneficiary: { ...beneficiary, status: "pending" } },
      "state",
    ],
    ["is not in the option payouts.providers", {}, { capabilities: undefined }, "request"],
    ["can't send usd, only php, idr", { currency_code: "usd" }, {}, "request"],
    ["must be above zero", { amount: "0.00" }, {}, "request"],
    ["must be above zero", { amount: "-5" }, {}, "request"],
    ["too many decimal places", { amount: "1.005" }, {}, "request"],
    ["too many decimal places", { amount: "1.5", currency_code: "idr" }, {}, "request"],
  ])("is refused because it %p", (reason, change, state, by) => {
    expect(decide(change, state)).toEqual({
      type: "refused",
      code: expect.any(String),
      by,
      reason: expect.stringContaining(reason),
    })
  })

  describe("with decimals as they are written", () => {
    const capabilities = {
      ...new FakePayoutProvider().capabilities,
      currencies: { eur: 2, pkr: 0, khr: 0, kwd: 2 },
    }
    const decideOn = (amount: string, currency_code: string) =>
      decide({ amount, currency_code }, { capabilities })

    it.each([
      ["1.50", "eur", "1.50"],
      ["1500", "eur", "1500.00"],
      // The gateway moves whole rupees, which are written with two decimals all the same.
      ["1500.00", "pkr", "1500"],
      ["40000", "khr", "40000"],
      ["1.500", "kwd", "1.50"],
    ])("takes %s %s as %s", (written, currency, amount) => {
      expect(decideOn(written, currency)).toMatchObject({ type: "accepted", amount })
    })

    it.each([
      ["1.500", "eur", /eur with 2.* Write 1.50, or 1500 if that is meant$/],
      ["50.000", "pkr", /pkr with 0.* Write 50, or 50000 if that is meant$/],
      ["1500.50", "pkr", /pkr with 0, and they count as written$/],
      ["40000.00", "khr", /khr with 0.* Write 40000$/],
      ["1.5000", "eur", /eur with 2.* Write 1.50$/],
    ])("refuses %s %s", (written, currency, reason) => {
      expect(decideOn(written, currency)).toMatchObject({
        type: "refused",
        code: expect.any(String),
        by: "request",
        reason: expect.stringMatching(reason),
      })
    })
  })

  it("keeps to the limit of one transfer to the last cent", () => {
    const options = { limits: { php: { perTransfer: "1500" } } }
    expect(decide({ amount: "1500.00" }, {}, options)).toMatchObject({ type: "accepted" })
    expect(decide({ amount: "1500.01" }, {}, options)).toMatchObject({
      type: "refused",
      code: expect.any(String),
      by: "request",
    })
    expect(decide({ amount: "1500", currency_code: "idr" }, {}, options).type).toBe("accepted")
  })

  it("keeps to the limit of the day to the last cent, where it is approved at once", () => {
    const options = { approval: "none" as const, limits: { php: { perDay: "100" } } }
    const today = { ...nothing, all: decimal("60.01") }
    expect(decide({ amount: "39.99" }, { today }, options).type).toBe("accepted")
    expect(decide({ amount: "40.00" }, { today }, options)).toEqual({
      type: "refused",
      code: expect.any(String),
      by: "state",
      reason: expect.stringContaining(
        "39.99 of the option payouts.limits.php.perDay, which is 100"
      ),
    })
    // Who approves it later is held to the limit then.
    const waits = { ...options, approval: "second_person" as const }
    expect(decide({ amount: "40.00" }, { today }, waits).type).toBe("accepted")
  })
})

describe("The states of a transfer", () => {
  const before = (to: Transfer["status"]) => transferStates.filter((from) => mayFollow(from, to))

  it("stand in one table, to which nothing else leads", () => {
    expect(Object.keys(nextStates).sort()).toEqual([...transferStates].sort())
    for (const from of transferStates) {
      expect(nextStates[from]).toEqual(nextStates[from].filter((to) => mayFollow(from, to)))
    }
  })

  it("can all be reached from where a transfer begins", () => {
    const reached = new Set<string>(["awaiting_approval"])
    for (const _round of transferStates) {
      for (const from of transferStates.filter((state) => reached.has(state))) {
        nextStates[from].forEach((to) => reached.add(to))
      }
    }
    expect([...reached].sort()).toEqual([...transferStates].sort())
  })

  it("end where money has moved back, or never will", () => {
    expect(transferStates.filter(isFinalState)).toEqual([
      "returned",
      "failed",
      "rejected",
      "expired",
      "canceled",
    ])
  })

  it("lead to being sent only from an approval", () => {
    expect(before("submitting")).toEqual(["approved"])
  })

  it("lead back to an approval only where nothing was sent, or the gateway knows nothing of it", () => {
    expect(before("approved")).toEqual(["awaiting_approval", "submitting", "not_found"])
  })

  it("lead out of the unknown by what is heard alone", () => {
    expect(nextStates.unknown).not.toContain("approved")
    expect(nextStates.manual_review).not.toContain("approved")
  })

  it("lead from success nowhere but to money that came back", () => {
    expect(nextStates.succeeded).toEqual(["returned"])
  })

  it("lead on from where they end only by the gateway's proof against a person's word", () => {
    expect(overrulingStates).toEqual({
      failed: ["processing", "succeeded", "returned"],
      succeeded: ["failed"],
    })
    for (const [from, to] of [
      ["failed", "succeeded"],
      ["succeeded", "failed"],
    ] as const) {
      expect([mayFollow(from, to), mayFollow(from, to, true)]).toEqual([false, true])
    }
    for (const from of transferStates) {
      expect([mayFollow(from, "approved", true), mayFollow(from, "submitting", true)]).toEqual([
        mayFollow(from, "approved"),
        mayFollow(from, "submitting"),
      ])
    }
  })

  it("count against the day's limit wherever money has left, may have, or will", () => {
    const notCounted = transferStates.filter((state) => !countedStates.includes(state))
    expect(notCounted).toEqual([
      "awaiting_approval",
      "returned",
      "failed",
      "rejected",
      "expired",
      "canceled",
    ])
  })

  it("are asked about wherever the gateway can still tell something", () => {
    queryableStates.forEach((state) => expect(isFinalState(state)).toBe(false))
    expect(queryableStates).not.toContain("submitting")
  })
})
