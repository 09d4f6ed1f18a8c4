import { growthOf, mostGrowth } from "../../../../integration-tests/strangers-text/growth"
import { holdsCardData, looksLikeCardData } from "../card-data"

/** Numbers from each network's range, published for tests where there are any, grouped as cards print them. */
const cards: readonly [network: string, grouped: string][] = [
  ["Visa", "4111 1111 1111 1111"],
  ["Visa", "4242 4242 4242 4242"],
  ["Visa with 13 digits", "4222222222222"],
  ["Visa with 19 digits", "4988 4388 4388 4384 303"],
  ["Mastercard", "5555 5555 5555 4444"],
  ["Mastercard of the 2 series", "2223 0031 2200 3222"],
  ["American Express", "3782 822463 10005"],
  ["American Express", "3714 496353 98431"],
  ["Diners Club", "3056 930902 5904"],
  ["Diners Club", "3622 720627 1667"],
  ["Diners Club", "3852 000002 3237"],
  ["JCB", "3530 1113 3330 0000"],
  ["JCB", "3566 0020 2036 0505"],
  ["Discover", "6011 1111 1111 1117"],
  ["Discover of the 644 to 649 series", "6445 6445 6445 6445"],
  ["Discover of the 65 series", "6500 0000 0000 0002"],
  ["UnionPay", "6200 0000 0000 0005"],
  ["UnionPay with 19 digits", "6205 5000 0000 0000 004"],
  ["Maestro", "6759 6498 2643 8453"],
  ["Mir", "2200 0000 0000 0004"],
  ["Troy", "9792 0000 0000 0003"],
  ["RuPay", "6074 8200 0000 0009"],
]

const withLuhnDigit = (start: string) =>
  Array.from({ length: 10 }, (_, digit) => `${start}${digit}`).find((number) =>
    passesLuhn(number)
  ) ?? start

/** Written apart from the code under test, so that one mistake can't be in both. */
function passesLuhn(number: string): boolean {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]
  const digits = [...number].reverse().map(Number)
  return digits.reduce((sum, digit, at) => sum + (at % 2 ? doubled[digit]! : digit), 0) % 10 === 0
}

describe("a card number", () => {
  it.each(cards)(
    "of %s in this list is one that a cash desk would accept: %s",
    (_network, number) => {
      expect(passesLuhn(number.replaceAll(" ", ""))).toBe(true)
    }
  )

  it.each(cards)("of %s is found as it is printed: %s", (_network, grouped) => {
    expect(looksLikeCardData({ language: grouped })).toBe(true)
  })

  it.each(cards)("of %s is found without blanks, as text: %s", (_network, grouped) => {
    expect(looksLikeCardData({ language: grouped.replaceAll(" ", "") })).toBe(true)
  })

  it.each(cards)("of %s is found with dashes: %s", (_network, grouped) => {
    expect(looksLikeCardData({ language: grouped.replaceAll(" ", "-") })).toBe(true)
  })

  it.each([".", " - ", "\u00a0", "\u2011", "\u200b", "\t", "  ", "\r\n"])(
    "is found with %j between its groups",
    (between) => {
      expect(
        looksLikeCardData({ language: `4111${between}1111${between}1111${between}1111` })
      ).toBe(true)
    }
  )

  it("is found where it came as a number", () => {
    expect(looksLikeCardData({ reference: 4111111111111111 })).toBe(true)
  })

  it.each([
    ["a sentence", "Please charge 4111 1111 1111 1111, thank you"],
    ["a magnetic stripe", ";4111111111111111=25121010000012345678?"],
    ["another number before it", "ref 12 4111 1111 1111 1111"],
    ["its date after it", "4111 1111 1111 1111 12/28"],
    ["its date of four digits before it", "1228 4111 1111 1111 1111"],
  ])("is found within %s", (_where, text) => {
    expect(looksLikeCardData(text)).toBe(true)
  })

  it.each([
    ["in an object in an object", { payer: { name: { first: "4242424242424242" } } }],
    ["in a list", { payer: [{ name: "x" }, ["4242424242424242"]] }],
    ["as a key", { payer: { "4242 4242 4242 4242": true } }],
    ["alone", "4242424242424242"],
  ])("is found %s", (_where, data) => {
    expect(looksLikeCardData(data)).toBe(true)
  })

  it("is not assumed where one digit is mistyped", () => {
    expect(looksLikeCardData("4111 1111 1111 1112")).toBe(false)
  })
})

describe("a field that is made for card data", () => {
  it.each([
    "cvv",
    "CVV2",
    "cvc",
    "cvc2",
    "cav2",
    "security_code",
    "securityCode",
    "card_number",
    "cardNumber",
    "card_no",
    "pan",
    "PAN",
    "expiry",
    "expiry_month",
    "cardExpiryYear",
    "exp_month",
    "expYear",
  ])("is refused by its name alone, however short its value is: %s", (key) => {
    expect(looksLikeCardData({ payer: { [key]: "123" } })).toBe(true)
    expect(looksLikeCardData({ [key]: 0 })).toBe(true)
  })

  it("counts as absent where it is empty or cleared", () => {
    expect(looksLikeCardData({ cvv: null, card_number: "" })).toBe(false)
  })

  it.each(["company", "expires_at", "span", "pan_card_holder_city", "card_brand", "cvs_store"])(
    "is not seen in a name that only resembles one: %s",
    (key) => {
      expect(looksLikeCardData({ [key]: "some text" })).toBe(false)
    }
  )
})

describe("what is no card", () => {
  it.each([
    ["a Philippine phone number", "+639171234567"],
    ["a phone number with blanks", "+63 917 123 4567"],
    ["a Cambodian phone number", "+855 12 345 678"],
    ["an Indonesian phone number", "6281234567890"],
    ["a Pakistani phone number", "00923001234567"],
    ["a ULID", "01JQ0000000000000000000001"],
    ["a ULID that ends in digits", "01HZX4111111111111111111"],
    ["an order reference", "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"],
    ["a payment session's id", "payses_01JQ00000000000000000000AB"],
    ["a time in milliseconds", 1767225600000],
    ["an order number", "ORD-2026-0001-000042"],
    ["an amount", "1234567890.12"],
    ["a number of twenty digits", "41111111111111111111"],
  ])("%s passes", (_what, value) => {
    expect(looksLikeCardData({ payer: { phone: value } })).toBe(false)
  })

  it("any of WeChat's codes of 18 digits passes, whatever its check digit", () => {
    for (const start of ["10", "11", "12", "13", "14", "15"]) {
      const code = withLuhnDigit(`${start}456789012345678`)
      expect(passesLuhn(code)).toBe(true)
      expect(looksLikeCardData({ auth_code: code })).toBe(false)
    }
  })

  it("any of Alipay's codes of 18 digits passes, whatever its check digit", () => {
    for (const start of ["25", "26", "27", "28", "29", "30"]) {
      expect(looksLikeCardData({ auth_code: withLuhnDigit(`${start}456789012345678`) })).toBe(false)
    }
  })

  it("pay codes of 16 digits outside the networks' ranges pass, whatever their check digit", () => {
    for (const start of ["880812345678901", "700112345678901", "888081234567890"]) {
      expect(looksLikeCardData({ code: withLuhnDigit(start) })).toBe(false)
    }
  })

  it.each([undefined, null, true, "", 0, [], {}, { payer: null }])("%j passes", (value) => {
    expect(looksLikeCardData(value)).toBe(false)
  })
})

describe("data that is nested", () => {
  const nested = (levels: number, value: unknown): unknown =>
    levels === 0 ? value : { a: nested(levels - 1, value) }

  it("deeper than it is looked through is refused, not let through", () => {
    expect(looksLikeCardData(nested(50, {}))).toBe(true)
    expect(looksLikeCardData(nested(50, ["4242424242424242"]))).toBe(true)
  })

  it("as deep as an honest storefront's is looked through to its end", () => {
    expect(looksLikeCardData(nested(6, "harmless"))).toBe(false)
    expect(looksLikeCardData(nested(6, "4242424242424242"))).toBe(true)
  })

  it("too deeply for a recursion is answered, not a crash", () => {
    expect(looksLikeCardData(JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`))).toBe(true)
  })
})

describe("a text as long as a request can be", () => {
  it.each(["1 ", "1-", "1234 ", "4", "4 11 ", "411111111111 ", " "])(
    "is read in a time that grows with it, of %j",
    (unit) => {
      const growth = growthOf((text) => looksLikeCardData({ language: text }), unit, 100_000)
      expect(growth).toBeLessThan(mostGrowth)
    }
  )

  it("is looked through to its end", () => {
    expect(looksLikeCardData(`${"1 ".repeat(50_000)}4242 4242 4242 4242`)).toBe(true)
  })
})

const refused = (field: string, value: unknown): boolean => {
  const [first = "", second] = field.split(".")
  return holdsCardData(second === undefined ? { [first]: value } : { [first]: { [second]: value } })
}

describe("a field with a meaning is no card, whatever its check digit", () => {
  it.each([
    ["payer.id_number", "42101-1234567-4"],
    ["payer.id_number", "4210112345674"],
    ["payer.id_number", "5171011505900000"],
    ["payer.id_number", "5171 0115 0590 0000"],
    ["payer.id_number", "V-4222222222222"],
    ["payer.id_number", "411111199003074449"],
    ["payer.id_number", "\u200e5171011505900000\u200f"],
    ["payer.phone", "+49 1512 3456787"],
    ["payer.phone", "\u202a+49 1512 3456787\u202c"],
    ["payer.phone", "+49 (0)1512 3456787"],
    ["payer.phone", "+49 1512/3456787"],
    ["payer.phone", "004915123456787"],
    ["payer.phone", "4915123456787"],
    ["payer.phone", "+49 1512 3456787 ext. 725"],
    ["payer.email", "5171011505900000@mail.example"],
    ["auth_code", "134567890123456780"],
    ["auth_code", "28 4567 8901 2345 6789"],
    ["return_url", "https://shop.example/return?order=5171011505900000"],
    ["saved_method_id", "c4111111111111111e0f8d2b7a9c3e5f"],
    ["saved_method_id", "8F5171011505900000ACED0123456789"],
    ["saved_method_id", "b4222222-2222-4222-8222-2222222222ff"],
  ])("%s: %s", (field, value) => {
    expect(refused(field, value)).toBe(false)
  })

  it("of all identity numbers of 16 digits, none is taken for a card's", () => {
    for (let serial = 0; serial < 300; serial += 1) {
      const number = `5171011505${String(900_000 + serial)}`
      expect([number, refused("payer.id_number", number)]).toEqual([number, false])
    }
  })
})

describe("a card number is refused", () => {
  const card = "4111 1111 1111 1111"

  it.each([
    "payer.name",
    "payer.id_type",
    "payer.country",
    "payer.note",
    "language",
    "payment_mode",
    "payment_brand",
    "saved_method_id",
    "note",
    "meta.id_number",
    "id_number",
    "phone",
  ])("in free text and in a field that nobody knows: %s", (field) => {
    expect(refused(field, card)).toBe(true)
    expect(refused(field, `my card ${card}, thanks`)).toBe(true)
    expect(refused(field, 4111111111111111)).toBe(true)
  })

  it.each([
    ["payer.phone", card],
    ["payer.phone", `+${card}`],
    ["payer.phone", "378282246310005"],
    ["payer.phone", `${card} ext. 725`],
    ["payer.id_number", `card ${card}`],
    ["payer.id_number", `${card} 12/28 123`],
    ["payer.id_number", "4988 4388 4388 4384 303"],
    ["payer.id_number", [card]],
    ["payer.id_number", { number: card }],
    ["payer.email", `${card} a@b.example`],
    ["auth_code", card],
    ["auth_code", "4988438843884384303"],
    ["saved_method_id", `${card} 12/28`],
    ["saved_method_id", "c4111111111111111e"],
    ["saved_method_id", "41111111-1111-1111-1111-111111111111"],
    ["return_url", card],
    ["return_url", `not an address ${card}`],
    ["return_url", "https://shop.example/?card_number=4111111111111111"],
  ])("in a field with a meaning that it has not: %s: %j", (field, value) => {
    expect(refused(field, value)).toBe(true)
  })

  it("under a name that is made for card data, whatever it holds", () => {
    expect(refused("payer.cvv", "1")).toBe(true)
    expect(refused("expiry_month", "12")).toBe(true)
  })
})
