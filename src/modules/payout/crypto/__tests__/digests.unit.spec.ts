import { key, otherKey } from "../../__tests__/payouts-under-test"
import {
  accountDigest,
  accountDigests,
  bankDigest,
  bankDigests,
  identifyingNumber,
  isSameBank,
  isSameRequest,
  requestSignature,
} from "../digests"
import type { PayoutAccount } from "../../provider"
import { KeyRing } from "../keys"

const keys = new KeyRing({ keyId: "1", keys: { "1": key } })
const owner = {
  provider_id: "po_acme_main",
  fields: [{ name: "account_number", title: "Account", required: true }],
}
const account = { account_number: "03001234567", bank_code: "12" }

describe("The digest of an account", () => {
  it.each([
    ["0300-1234567", "3001234567"],
    ["0300 123 45 67", "3001234567"],
    ["+923001234567", "3001234567"],
    ["0092 300 1234567", "3001234567"],
    ["０３００１２３４５６７", "3001234567"],
    ["12345", "12345"],
    ["000012345", "12345"],
    ["ab_1", "AB1"],
    // An IBAN by the number in it, as people write that alone.
    ["pk36 scbl 0000 0011 2345 6702", "1123456702"],
    ["0000 0011 2345 6702", "1123456702"],
    ["HR12 1001 0051 8630 0016 0", "1863000160"],
    ["1001005-1863000160", "1863000160"],
    // With zeros in front of the number in it, and behind the bank that is written before it.
    ["HR67 1001 0050 0123 4567 6", "12345676"],
    ["0012345676", "12345676"],
    ["1001005-0012345676", "12345676"],
    ["RS35260005601001611379", "1001611379"],
    ["260-0056010016113-79", "1001611379"],
    ["GB29 NWBK 6016 1331 9268 19", "31926819"],
    // One digit is wrong: it is no IBAN. Of the other country it is not certain where the number stands.
    ["PK36SCBL0000001123456703", "PK36SCBL0000001123456703"],
    ["FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606"],
  ])("knows %p by %p", (written, known) => {
    expect(identifyingNumber(written)).toBe(known)
  })

  it("is the same for the same account at the same provider, whatever its bank is called", () => {
    const digest = accountDigest(keys, account, owner)
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    const rewritten = { account_number: "+92 300 1234567", bank_code: "012" }
    expect(accountDigest(keys, rewritten, owner)).toBe(digest)
    expect(accountDigest(keys, account, { ...owner, provider_id: "po_acme_other" })).not.toBe(
      digest
    )
    expect(accountDigest(keys, { account_number: "03001234568" }, owner)).not.toBe(digest)
  })

  it("is nothing that somebody without the key can make", () => {
    const forger = new KeyRing({ keyId: "1", keys: { "1": otherKey } })
    expect(accountDigest(forger, account, owner)).not.toBe(accountDigest(keys, account, owner))
  })

  it("is none where the number is not known", () => {
    const unknowns: (PayoutAccount | undefined)[] = [
      undefined,
      {},
      { account_number: " " },
      { bank_code: "12" },
    ]
    for (const unknown of unknowns) {
      expect(accountDigest(keys, unknown, owner)).toBeNull()
    }
    expect(accountDigests(keys, account, { ...owner, fields: [] })).toEqual([])
  })

  it("is looked for under each key there is", () => {
    const both = new KeyRing({ keyId: "2", keys: { "1": key, "2": otherKey } })
    const digests = accountDigests(both, account, owner)
    expect(digests).toHaveLength(2)
    expect(digests).toContain(accountDigest(keys, account, owner))
    expect(digests).toContain(accountDigest(both, account, owner))
  })
})

describe("The digest of a bank", () => {
  const fields = [...owner.fields, { name: "bank_code", title: "Bank", required: false }]
  const ours = {
    ...owner,
    fields: fields.map((one) =>
      one.name === "bank_code" ? { ...one, namesBank: true as const } : one
    ),
  }
  const same = (one: PayoutAccount, other: PayoutAccount, of = ours) =>
    isSameBank(bankDigest(keys, one, of), bankDigests(keys, other, of))
  const at = (bank_code?: string, account_number = "03001234567"): PayoutAccount => ({
    account_number,
    ...(bank_code === undefined ? {} : { bank_code }),
  })

  it.each([
    ["one bank, however it is written", at("BDO-X"), at("bdo x"), true],
    ["one bank, with the zeros of a code or without", at("012"), at("12"), true],
    ["two banks", at("12"), at("13"), false],
    ["a bank and one that is not known", at("12"), at(), true],
    ["two that are not known", at(), at(" "), true],
    [
      "the banks of two IBANs of Croatia",
      at(undefined, "HR1210010051863000160"),
      at(undefined, "HR1423600001863000160"),
      false,
    ],
    [
      "an IBAN and the number in it",
      at(undefined, "HR1210010051863000160"),
      at(undefined, "1863000160"),
      true,
    ],
    // A code and the bank in an IBAN are two kinds of name.
    ["an IBAN and a code", at(undefined, "HR1210010051863000160"), at("12", "1863000160"), true],
    ["an IBAN that is none", at(undefined, "HR0010010051863000160"), at("12"), true],
  ])("tells of %s whether they can be one", (_name, one, other, isOne) => {
    expect(same(one, other)).toBe(isOne)
    expect(same(other, one)).toBe(isOne)
  })

  it("is none where no field of the provider's names the bank", () => {
    expect(bankDigest(keys, at("12"), { ...owner, fields })).toBeNull()
  })

  it("tells nothing of the bank, and is looked for under each key there is", () => {
    const both = new KeyRing({ keyId: "2", keys: { "1": key, "2": otherKey } })
    expect(bankDigest(keys, at("12"), ours)).toMatch(/^code:[0-9a-f]{64}$/)
    expect(isSameBank(bankDigest(keys, at("12"), ours), bankDigests(both, at("12"), ours))).toBe(
      true
    )
    expect(isSameBank(bankDigest(keys, at("13"), ours), bankDigests(both, at("12"), ours))).toBe(
      false
    )
  })
})

describe("The signature of a request", () => {
  it("tells whether another one is the same, after a change of the key too", () => {
    const signature = requestSignature(keys, ["po_acme_main", { name: "Juan" }])
    const both = new KeyRing({ keyId: "2", keys: { "1": key, "2": otherKey } })
    expect(isSameRequest(both, signature, ["po_acme_main", { name: "Juan" }])).toBe(true)
    expect(isSameRequest(both, signature, ["po_acme_main", { name: "Juana" }])).toBe(false)
  })
})
