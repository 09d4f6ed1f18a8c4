import { holdsCardData } from "../card-data"

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
