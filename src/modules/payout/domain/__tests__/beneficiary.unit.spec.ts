import type { PayoutContactField, PayoutField } from "../../provider"
import {
  changedByEdit,
  changedByMaker,
  checkAccount,
  checkEdit,
  checkFields,
  isSameAccount,
} from "../beneficiary"

const accountFields: PayoutField[] = [
  {
    name: "account_number",
    title: "Account number",
    required: true,
    pattern: /^\d{6,}$/g,
    hint: "six digits at least",
  },
  { name: "bank_code", title: "Bank code", required: false },
]

const contactFields: PayoutContactField[] = [
  { name: "name", title: "Name", required: true, pattern: /^.{1,10}$/, hint: "at most 10" },
  { name: "shop_name", title: "Name of the shop", required: true },
  { name: "phone", title: "Phone", required: false },
]

const identityFields: PayoutField[] = [{ name: "id_number", title: "Id number", required: true }]

const needed = { contactFields, accountFields, identityFields }

const contact = { name: "Ana", email: null, phone: null, shop_name: "Ana's" }

const ofAccount = { accountFields, identityFields: [] }

describe("what a gateway needs of a beneficiary", () => {
  const account = { account_number: "123456" }
  const identity = { id_number: "P1" }

  it("is taken where all is there", () => {
    expect(checkFields({ contact, account, identity }, needed)).toEqual({ account, identity })
    expect(checkEdit({ contact, account }, needed)).toEqual(account)
    expect(checkEdit({ contact }, needed)).toBeUndefined()
  })

  it("is named as a whole where it is missing, whichever part it belongs to", () => {
    const bare = { ...contact, name: "A name that is too long", shop_name: null }
    expect(() => checkFields({ contact: bare }, needed)).toThrow(
      [
        "The beneficiary can't be kept:",
        "- name: Name is not what it must look like: at most 10",
        "- shop_name: Name of the shop is missing",
        "- account.account_number: Account number is missing",
        "- identity.id_number: Id number is missing",
      ].join("\n")
    )
  })

  it("can't be taken away by an edit, of the account or beside it", () => {
    expect(() => checkEdit({ contact: { ...contact, shop_name: null } }, needed)).toThrow(
      "- shop_name: Name of the shop is missing"
    )
    const given = [{ name: "account_number", title: "Account number", required: false }]
    const byTheGateway = { ...needed, accountFields: given }
    expect(() => checkEdit({ contact, account: {} }, byTheGateway)).toThrow(
      "- account.account_number: Account number is missing"
    )
    expect(checkEdit({ contact, account: {} }, { ...byTheGateway, identityFields: [] })).toEqual({})
  })
})

describe("The fields of an account", () => {
  it("are trimmed, and what is empty is left out", () => {
    const given = { account_number: " 123456 ", bank_code: "  " }
    expect(checkAccount(given, ofAccount)).toEqual({ account_number: "123456" })
  })

  it.each([
    ["0300\ufe0d1234567", "an invisible variation selector (U+FE0D)"],
    ["\u3164", "is missing"],
    ["០៣០០1234567", "the Khmer digit ០ (U+17E0)"],
    ["3.00123E+09", "was spoiled by a spreadsheet"],
    ["3211234567.0", "was spoiled by a spreadsheet"],
    ['="03451234567"', "was spoiled by a spreadsheet"],
  ])("are refused as %j, without what was given", (account_number, words) => {
    const anything = [{ name: "account_number", title: "Account number", required: true }]
    const check = () =>
      checkAccount({ account_number }, { accountFields: anything, identityFields: [] })
    expect(check).toThrow(words)
    expect(check).not.toThrow(account_number)
  })

  it("are words where the provider says so", () => {
    const fields: PayoutField[] = [
      { name: "address", title: "Address", required: true, holds: "words" },
    ]
    const read = checkAccount(
      { address: "Ulica Žrtava 5,\u00a0S\u030cibenik" },
      { accountFields: fields, identityFields: [] }
    )
    expect(read).toEqual({ address: "Ulica Žrtava 5, Šibenik" })
  })

  it("are held against the pattern each time alike", () => {
    for (const _time of [1, 2, 3]) {
      expect(checkAccount({ account_number: "123456" }, ofAccount)).toBeTruthy()
    }
  })

  it("are named in one error, all of them, without what was given", () => {
    const given = { account_number: "secret", iban: "GB82", constructor: "x" }
    expect(() => checkAccount(given, ofAccount)).toThrow(
      [
        "The beneficiary can't be kept:",
        "- account.iban: there is no such field, only account_number, bank_code",
        "- account.constructor: there is no such field, only account_number, bank_code",
        "- account.account_number: Account number is not what it must look like: six digits at least",
      ].join("\n")
    )
    const nothing = { contact, identity: { id: "1" } }
    expect(() => checkFields(nothing, { accountFields: [], identityFields: [] })).toThrow(
      "only none"
    )
    expect(() => checkAccount({}, ofAccount)).toThrow("Account number is missing")
  })
})

describe("An account", () => {
  const account = { account_number: "03001234567", bank_code: "12" }

  it.each([
    ["0300-1234567", true],
    ["0300 123 45 67", true],
    ["０３００1234567", true],
    ["03001234568", false],
    ["3001234567", false],
    ["A3001234567", false],
  ])("is the same as one with the number %p: %p", (account_number, isSame) => {
    expect(isSameAccount(account, { ...account, account_number })).toBe(isSame)
  })

  it("is another one at another bank, and than none", () => {
    expect(isSameAccount(account, { ...account, bank_code: "13" })).toBe(false)
    expect(isSameAccount(account, { account_number: account.account_number })).toBe(false)
    expect(isSameAccount(undefined, account)).toBe(false)
  })

  it("whose number has letters is the same only to the letter", () => {
    expect(isSameAccount({ payment_id: "a_b-1" }, { payment_id: "ab1" })).toBe(false)
  })

  it("is the same IBAN in groups and in small letters", () => {
    const iban = "HR1210010051863000160"
    expect(isSameAccount({ iban }, { iban: "hr12 1001 0051 8630 0016 0" })).toBe(true)
    expect(isSameAccount({ iban }, { iban: "HR12 1001 0051 8630 0016 1" })).toBe(false)
  })
})

describe("Who last changed what is sent", () => {
  const account = { account_number: "03001234567", bank_code: "12" }
  const contact = { name: "Juan", phone: "0917 123", email: null }
  const before = { ...contact, account, changed_by: changedByMaker("maker", account) }

  it("is its maker at first, of each field of the account too", () => {
    expect(before.changed_by).toEqual({
      "account.account_number": "maker",
      "account.bank_code": "maker",
      account: "maker",
      name: "maker",
      phone: "maker",
      email: "maker",
    })
  })

  it("is known of each field of the account, however the others are sent with it", () => {
    const now = { ...contact, phone: "0917-123", account: { ...account, bank_code: "13" } }
    expect(changedByEdit(before, now, "editor")).toEqual({
      ...before.changed_by,
      "account.bank_code": "editor",
      account: "editor",
    })
  })

  it("is whoever took a field of the account out, whatever is edited after", () => {
    const now = { ...contact, account: { account_number: "0300 1234567" } }
    const changed_by = changedByEdit(before, now, "editor")
    expect(changed_by).toMatchObject({
      "account.account_number": "maker",
      "account.bank_code": "editor",
    })
    const again = { ...now, name: "Juana" }
    expect(changedByEdit({ ...now, changed_by }, again, "later")).toEqual({
      ...changed_by,
      name: "later",
    })
  })

  it("is who changed the account, of each field that a row does not name", () => {
    const { name, phone, email, account: whole } = changedByMaker("maker")
    const older = { ...before, changed_by: { name, phone, email, account: whole } }
    const now = { ...contact, account: { ...account, bank_code: "13" } }
    expect(changedByEdit(older, now, "editor")).toMatchObject({
      "account.account_number": "maker",
      "account.bank_code": "editor",
      account: "editor",
    })
  })

  it("is whoever entered an account that nobody knew, or could read, before", () => {
    const unknown = { ...contact, account: undefined, changed_by: changedByMaker("maker") }
    expect(changedByEdit(unknown, { ...contact, account }, "editor")).toMatchObject({
      "account.account_number": "editor",
      "account.bank_code": "editor",
      account: "editor",
      name: "maker",
    })
  })
})
