import { key, otherKey } from "../../__tests__/payouts-served"
import { approvalSeal, sealHolds, type ApprovedFacts } from "../approval-seal"
import { KeyRing, MissingKeyError } from "../key-ring"

const facts: ApprovedFacts = {
  reference: "P01JQ0000000000000000000000",
  provider_id: "po_acme_main",
  account: { account_number: "998877", bank_code: "BDOX" },
  amount: "1500.00",
  currency_code: "php",
}
const keys = new KeyRing({ keyId: "a.1", keys: { "a.1": key } })

describe("The seal of an approval", () => {
  it("holds for what was approved, in whatever order the account's fields come", () => {
    const seal = approvalSeal(keys, facts)
    expect(sealHolds(keys, seal, facts)).toBe(true)
    const account = { bank_code: "BDOX", account_number: "998877" }
    expect(sealHolds(keys, seal, { ...facts, account })).toBe(true)
  })

  it.each<[string, Partial<ApprovedFacts>]>([
    ["amount", { amount: "1500.01" }],
    ["currency", { currency_code: "idr" }],
    ["provider", { provider_id: "po_acme_other" }],
    ["reference", { reference: "P01JQ0000000000000000000001" }],
    ["account", { account: { account_number: "998878", bank_code: "BDOX" } }],
    ["account's fields", { account: { account_number: "998877" } }],
  ])("is broken by another %s", (_name, change) => {
    expect(sealHolds(keys, approvalSeal(keys, facts), { ...facts, ...change })).toBe(false)
  })

  it("is nothing that somebody without the key can make, and says nothing of the account", () => {
    const forger = new KeyRing({ keyId: "a.1", keys: { "a.1": otherKey } })
    const seal = approvalSeal(forger, facts)
    expect(sealHolds(keys, seal, facts)).toBe(false)
    expect(seal).toMatch(/^a\.1\.[0-9a-f]{64}$/)
  })

  it.each(["", "a.1", "a.1.", "a.1.zz", `a.1.${"0".repeat(64)}`])("does not hold as %p", (seal) => {
    const holds = () => sealHolds(keys, seal, facts)
    try {
      expect(holds()).toBe(false)
    } catch (error) {
      expect(error).toBeInstanceOf(MissingKeyError)
    }
  })
})
