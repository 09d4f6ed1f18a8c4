import type { PayoutField } from "../../payout-provider"
import { checkFields } from "../check-fields"

const fields: PayoutField[] = [
  {
    name: "account_number",
    title: "Account number",
    required: true,
    pattern: /^\d{6,}$/g,
    hint: "six digits at least",
  },
  { name: "bank_code", title: "Bank code", required: false },
]

describe("The fields of an account", () => {
  it("are trimmed, and what is empty is left out", () => {
    const given = { account_number: " 123456 ", bank_code: "  " }
    expect(checkFields("account", given, fields)).toEqual({ account_number: "123456" })
  })

  it("are held against the pattern each time alike", () => {
    for (const _time of [1, 2, 3]) {
      expect(checkFields("account", { account_number: "123456" }, fields)).toBeTruthy()
    }
  })

  it("are named in one error, all of them, without what was given", () => {
    const given = { account_number: "secret", iban: "GB82", constructor: "x" }
    expect(() => checkFields("account", given, fields)).toThrow(
      [
        "The beneficiary can't be kept:",
        "- account.iban: there is no such field, only account_number, bank_code",
        "- account.constructor: there is no such field, only account_number, bank_code",
        "- account.account_number: Account number is not what it must look like: six digits at least",
      ].join("\n")
    )
    expect(() => checkFields("identity", { id: "1" }, [])).toThrow("only none")
    expect(() => checkFields("account", {}, fields)).toThrow("Account number is missing")
  })
})
