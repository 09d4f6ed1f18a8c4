import { changesBetween, signedValues } from "../signed"

type Signed = Parameters<typeof signedValues>[0]

const beneficiary = {
  id: "poben_1",
  version: 1,
  name: "Ayesha Khan",
  kind: "person",
  email: null,
  phone: "+923001234567",
  shop_name: null,
  account_hint: "••••4567",
} as const

function signed(account: Signed["account"], changed: Partial<{ name: string; phone: null }> = {}) {
  const transfer = { purpose: "Bonus", beneficiary: { ...beneficiary, ...changed } }
  return { transfer, account } as Signed
}

describe("What an approval signs", () => {
  it("names what is sent, of the account by the provider's fields, and nothing that there is not", () => {
    expect([...signedValues(signed({ account_number: "••••4567", bank_code: "12" }))]).toEqual([
      ["name", "Ayesha Khan"],
      ["phone", "+923001234567"],
      ["purpose", "Bonus"],
      ["account.account_number", "••••4567"],
      ["account.bank_code", "12"],
    ])
  })

  it("tells what another person changed, took away or added since it was looked at", () => {
    const before = signed({ account_number: "••••4567" })
    const after = signed({ account_number: "••••0001", bank_code: "7" }, { phone: null })
    expect(changesBetween(before, after)).toEqual([
      { name: "phone", before: "+923001234567", after: undefined },
      { name: "account.account_number", before: "••••4567", after: "••••0001" },
      { name: "account.bank_code", before: undefined, after: "7" },
    ])
    expect(changesBetween(before, before)).toEqual([])
  })

  it("tells of an account that can't be read any more", () => {
    const before = signed({ account_number: "••••4567" })
    expect(changesBetween(before, signed(null))).toEqual([
      { name: "account.account_number", before: "••••4567", after: undefined },
    ])
  })
})
