import { personalOf, withoutPersonal } from "../personal-words"

const order = {
  reference: "P01JQ7ZK3V5W8X9Y0A1B2C3D4E5",
  amount: "1500.00",
  currencyCode: "php",
  purpose: "Share of May",
  beneficiary: { name: "Juan dela Cruz", email: "juan@example.test", phone: null },
  account: { account_number: "0300-1.23", account_type: "1" },
}

describe("a gateway's words", () => {
  it.each([
    ["the account", "no account 0300-1.23 here", "no account *** here"],
    ["the name, in other letters", "JUAN DELA CRUZ is blocked", "*** is blocked"],
    ["both, and twice", "Juan dela Cruz/0300-1.23/0300-1.23", "***/***/***"],
    ["the e-mail address", "juan@example.test bounced", "*** bounced"],
  ])("lose %s of the payee", (_what, message, kept) => {
    expect(withoutPersonal({ code: "E1", message }, personalOf(order))).toEqual({
      code: "E1",
      message: kept,
    })
  })

  it("lose it in the code as well", () => {
    expect(withoutPersonal({ code: "0300-1.23" }, personalOf(order))).toEqual({ code: "***" })
  })

  it("keep what is none of it: a sign of a number stands for itself, a type for nobody", () => {
    const message = "type 1, 0300-1423, reference P01JQ7ZK3V5W8X9Y0A1B2C3D4E5"
    expect(withoutPersonal({ message }, personalOf(order))).toEqual({ message })
  })

  it("lose an identity number that was passed on once, whole where a part stands elsewhere", () => {
    const personal = personalOf({
      name: "Juan",
      kind: "person",
      email: null,
      phone: null,
      shopName: null,
      account: {},
      identity: { id_number: "Juan-1234" },
    })
    const words = { message: "Juan-1234 of Juan" }
    expect(withoutPersonal(words, personal)).toEqual({ message: "*** of ***" })
  })

  it("stay as they are where nothing is known of the payee", () => {
    expect(withoutPersonal({ message: "No" }, [null, undefined, " "])).toEqual({ message: "No" })
  })
})
