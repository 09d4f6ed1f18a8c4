import { BigNumber, MathBN } from "@medusajs/framework/utils"
import { decimal, InvalidAmountError } from "../../../gateways/shared/money"
import { operationRow as operation } from "../../../modules/payment-journal/__tests__/operation-row"
import type { GatewayOrder } from "../../../modules/payment-journal/gateway-order"
import { FakeGateway } from "../../../testing/fake-gateway"
import { recordingLogger } from "../../../testing/fake-provider"
import { MemoryJournal } from "../../../testing/memory-journal"
import {
  chargeableAmount,
  isWantedBy,
  medusaAmount,
  possibleSums,
  receivedAmount,
  standsFor,
  sumOfDone,
  takenAmount,
  wantedAmount,
} from "../amounts"
import { gatewayContext } from "../context"

const now = new Date("2030-01-01T00:00:00Z")
const reference = "01JQ00000000000000000000000"
const gateway = new FakeGateway()

/** An order of 111.9888, which was charged as 111.99. */
function order(change: Partial<GatewayOrder> = {}): GatewayOrder {
  return {
    id: "gword_1",
    reference,
    provider_id: "pp_fake_fake",
    session_id: "payses_1",
    payment_collection_id: null,
    cart_id: null,
    customer_id: null,
    requested_amount: "111.9888",
    amount: "111.99",
    currency_code: "php",
    state: "paid",
    raw_status: "PAID",
    gateway_id: null,
    candidate_ids: [],
    details: null,
    answers: [],
    expires_at: null,
    asked_at: null,
    attached_session_id: null,
    session_released_at: null,
    next_check_at: null,
    checks: 0,
    created_at: now,
    updated_at: now,
    ...change,
  }
}

const context = gatewayContext(
  { gateway },
  {
    journal: new MemoryJournal(),
    log: recordingLogger(() => undefined),
    announce: async () => undefined,
  }
)

describe("what is no amount", () => {
  it.each([
    ["an empty text", ""],
    ["a word", "ten"],
    ["a text with a comma", "1,234.50"],
    ["not a number", NaN],
    ["no end", Infinity],
    ["an object that holds a word", { value: "ten", precision: 20 }],
    ["a text of another base", "0x10"],
  ])("is refused: %s", (_what, amount) => {
    expect(() => medusaAmount(amount)).toThrow(InvalidAmountError)
  })

  it.each(['{ "amount": null }', "{}"])("is refused, and not taken for zero: %s", (row) => {
    expect(() => medusaAmount(JSON.parse(row).amount)).toThrow("there is no amount")
  })
})

describe("an amount of Medusa's", () => {
  it.each([
    ["a number", 111.9888, "111.9888"],
    ["a number that binary can't hold", 0.1, "0.1"],
    ["a text", "1234567.89", "1234567.89"],
    ["a text with zeros at its end", "100.00", "100"],
    ["the plain object that refunds come with", { value: "12.34", precision: 20 }, "12.34"],
    ["Medusa's own BigNumber", new BigNumber("99.99"), "99.99"],
    ["a BigNumber of its library", MathBN.convert("99.99"), "99.99"],
    ["a very small number", 0.0000001, "0.0000001"],
    ["a very large number", 1e21, "1000000000000000000000"],
    [
      "more digits than a number can hold",
      { value: "12345678901234567890.12", precision: 20 },
      "12345678901234567890.12",
    ],
    ["zero", 0, "0"],
    ["less than nothing", "-5.50", "-5.5"],
  ])("is read exactly: %s", (_what, amount, expected) => {
    expect(medusaAmount(amount)).toBe(expected)
  })

  it("of a computed total keeps every place", () => {
    expect(medusaAmount(MathBN.mult("99.99", "1.12"))).toBe("111.9888")
    expect(medusaAmount(new BigNumber(MathBN.mult("99.99", "1.12")))).toBe("111.9888")
  })
})

describe("what is charged", () => {
  it.each([
    ["a total with more places, half up", "111.9850", "php", "111.99"],
    ["a total with more places, below the half", "111.9849", "php", "111.98"],
    ["a total with fewer places, which are filled", "5", "php", "5.00"],
    ["a currency without decimals", "1500.5", "krw", "1501"],
    ["a currency with three", "1.0005", "kwd", "1.001"],
  ])("is rounded once, to the gateway's decimals: %s", (_what, requested, currency, charged) => {
    expect(chargeableAmount(gateway, requested, currency)).toEqual({
      requested: medusaAmount(requested),
      charged,
      currency,
    })
  })

  it("is in the currency as Medusa writes it", () => {
    expect(chargeableAmount(gateway, 10, "PHP").currency).toBe("php")
  })

  it("is nothing in a currency that the gateway does not take, nor in a name that every object knows", () => {
    expect(() => chargeableAmount(gateway, 10, "eur")).toThrow(
      "Fake Pay can't be used for a payment in EUR. Choose another way to pay"
    )
    expect(() => chargeableAmount(gateway, 10, "constructor")).toThrow("can't be used")
  })

  it.each([
    ["0", "0"],
    ["-5", "-5"],
    ["0.004", "0.004"],
  ])("is never nothing, nor less: %s", (amount, told) => {
    expect(() => chargeableAmount(gateway, amount, "php")).toThrow(
      `Fake Pay can't be paid with ${told} PHP`
    )
  })

  it("is nothing where there is no amount, which is the storefront's to mend", () => {
    expect(() => chargeableAmount(gateway, "ten", "php")).toThrow(
      expect.objectContaining({
        type: "invalid_data",
        message: expect.stringMatching(/^The amount can't be read: "ten"/),
      })
    )
  })
})

describe("an order stands for what is wanted", () => {
  it.each([
    ["the same total", { amount: "111.9888", currency_code: "php" }, true],
    [
      "another total that is charged as the same",
      { amount: "111.985", currency_code: "PHP" },
      true,
    ],
    ["another total", { amount: "111.98", currency_code: "php" }, false],
    ["another currency at the same figures", { amount: "111.990", currency_code: "kwd" }, false],
  ])("or does not: %s", (_what, wanted, stands) => {
    const kept = order(wanted.currency_code === "kwd" ? { amount: "111.990" } : {})
    expect(standsFor(context, kept, wanted)).toBe(stands)
    expect(isWantedBy(context, wanted, kept)).toBe(stands)
  })

  it("by the exact amount of a session, not by its number", () => {
    const session = { amount: 1, raw_amount: { value: "111.9888" }, currency_code: "php" }
    expect(isWantedBy(context, session, order())).toBe(true)
    expect(isWantedBy(context, { ...session, raw_amount: undefined }, order())).toBe(false)
  })

  it.each([
    ["nothing", { amount: 0, currency_code: "php" }],
    ["a currency that the gateway does not take", { amount: "111.99", currency_code: "eur" }],
  ])("and never where the session wants what can't be paid: %s", (_what, session) => {
    expect(isWantedBy(context, session, order())).toBe(false)
    expect(() => standsFor(context, order(), session)).toThrow("Fake Pay can't be")
  })

  it("and a fault of ours is not taken for a no", () => {
    const broken = {
      get amount(): number {
        throw new TypeError("a row that can't be read")
      },
      currency_code: "php",
    }
    expect(() => isWantedBy(context, broken, order())).toThrow(TypeError)
  })
})

describe("what a capture or a refund moves", () => {
  const all = { whole: "111.99", done: [decimal("0")] }

  it("is all that was charged where Medusa's own total is meant", () => {
    expect(wantedAmount(gateway, order(), "111.9888", all)).toBe("111.99")
    // Also after something was moved: it is for the limit to say that this is too much.
    const done = [decimal("50")]
    expect(wantedAmount(gateway, order(), "111.9888", { whole: "111.99", done })).toBe("111.99")
  })

  it("is all that is left where Medusa's total without what was moved is meant", () => {
    const done = [decimal("50"), decimal("20")]
    expect(wantedAmount(gateway, order(), "61.9888", { whole: "111.99", done })).toBe("61.99")
    // Medusa has lost the row of one of them.
    expect(wantedAmount(gateway, order(), "91.9888", { whole: "111.99", done })).toBe("91.99")
  })

  it("is as somebody wrote it else, with the places filled", () => {
    expect(wantedAmount(gateway, order(), "50", all)).toBe("50.00")
    expect(wantedAmount(gateway, order(), 0.5, all)).toBe("0.50")
  })

  it("is never rounded where somebody wrote more places than there are", () => {
    expect(() => wantedAmount(gateway, order(), "50.005", all)).toThrow(
      "Fake Pay counts PHP with 2 decimal places, and 50.005 has more. Enter an amount with at most 2 places"
    )
  })

  it("is not Medusa's total where less was captured than was charged", () => {
    expect(() =>
      wantedAmount(gateway, order(), "111.9888", { whole: "60.00", done: [decimal("0")] })
    ).toThrow("has more")
    expect(() =>
      wantedAmount(gateway, order(), "61.9888", { whole: "60.00", done: [decimal("50")] })
    ).toThrow("has more")
  })

  it.each(["0", "-1", "ten", ""])("is above zero: not %j", (amount) => {
    expect(() => wantedAmount(gateway, order(), amount, all)).toThrow(
      "Fake Pay needs an amount above zero"
    )
  })

  it("lets a fault of ours through as it is", () => {
    const broken = {
      get value(): string {
        throw new TypeError("a row that can't be read")
      },
    }
    expect(() => wantedAmount(gateway, order(), broken, all)).toThrow(TypeError)
    expect(() => chargeableAmount(gateway, broken, "php")).toThrow(TypeError)
    const unusable = { ...order(), currency_code: "eur", amount: `1.${"0".repeat(21)}` }
    expect(() => wantedAmount(gateway, unusable, "50", all)).toThrow(RangeError)
  })
})

describe("what was taken from the shopper", () => {
  const captures = [
    operation({ kind: "capture", amount: "40.5" }),
    operation({ kind: "capture", amount: "20" }),
    operation({ kind: "capture", amount: "30", state: "unknown" }),
    operation({ kind: "refund", amount: "10" }),
  ]

  it("is the order's amount where its money comes at once, whatever else is written down", () => {
    const atOnce = new FakeGateway({ capture: "automatic" })
    expect(takenAmount(atOnce, order(), captures)).toBe("111.99")
  })

  it("is the sum of its captures where they are made, and the order's amount before", () => {
    const later = new FakeGateway({ capture: "multiple_partial" })
    expect(takenAmount(later, order(), captures)).toBe("60.50")
    expect(takenAmount(later, order(), [operation()])).toBe("111.99")
  })
})

describe("what operations of a kind add up to", () => {
  const operations = [
    operation({ amount: "10.10" }),
    operation({ amount: "20.20" }),
    operation({ amount: "5", state: "declined" }),
    operation({ amount: "6", state: "returned" }),
    operation({ kind: "capture", amount: "100" }),
  ]

  it("counts those that were surely made, of this kind alone", () => {
    expect(sumOfDone(operations, "refund")).toBe("30.3")
    expect(sumOfDone(operations, "capture")).toBe("100")
    expect(sumOfDone(operations, "void")).toBe("0")
  })

  it("may be without one of them, of which Medusa has lost the row", () => {
    expect(possibleSums(operations, "refund")).toEqual(["30.3", "20.2", "10.1"])
    expect(possibleSums(operations, "void")).toEqual(["0"])
  })
})

describe("what came for an order", () => {
  async function received(...money: { amount: string; currency_code?: string }[]) {
    const rows = new MemoryJournal()
    for (const [index, { amount, currency_code = "php" }] of money.entries()) {
      await rows.receiveMoney({
        order_reference: reference,
        provider_id: "pp_fake_fake",
        gateway_id: `payment_${index}`,
        amount,
        currency_code,
      })
    }
    return await receivedAmount({ gateway, journal: rows }, order())
  }

  it("is the sum of what was proved, at the gateway's decimals", async () => {
    await expect(received({ amount: "100.5" }, { amount: "11.49" })).resolves.toBe("111.99")
  })

  it("is not known where nothing came", async () => {
    await expect(received()).resolves.toBeUndefined()
    await expect(received({ amount: "0" })).resolves.toBeUndefined()
  })

  it("is not known where some of it is in another currency", async () => {
    await expect(
      received({ amount: "100" }, { amount: "11.99", currency_code: "usd" })
    ).resolves.toBeUndefined()
  })

  it("is not known where it has more places than there are", async () => {
    await expect(received({ amount: "111.985" })).resolves.toBeUndefined()
  })
})
