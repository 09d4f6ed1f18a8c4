import { key, otherKey } from "../../__tests__/payouts-under-test"
import {
  DecryptionError,
  lastPlaces,
  decryptAccount,
  encryptAccount,
  maskedAccount,
} from "../accounts"
import type { PayoutOrder } from "../../provider"
import { approvalSignature, type ApprovedFacts, verifyApproval } from "../approvals"
import { KeyRing, MissingKeyError } from "../keys"

describe("account encryption", () => {
  const account = { account_number: "9988776655443322", bank_code: "BDOX" }
  const keys = new KeyRing({ keyId: "1", keys: { "1": key } })

  describe("An encrypted account", () => {
    it("is opened with the key that it names, and holds nothing readable", () => {
      const encrypted = encryptAccount(keys, "pover_1", account)
      expect(encrypted.key_id).toBe("1")
      expect(decryptAccount(keys, "pover_1", encrypted)).toEqual(account)
      const bytes = Buffer.from(encrypted.encrypted_account, "base64").toString("latin1")
      expect(bytes).not.toContain("9988")
      expect(bytes).not.toContain("account_number")
    })

    it("is another text each time", () => {
      const texts = [1, 2, 3].map(() => encryptAccount(keys, "pover_1", account).encrypted_account)
      expect(new Set(texts).size).toBe(3)
    })

    it("can't be opened in another row", () => {
      const encrypted = encryptAccount(keys, "pover_1", account)
      expect(() => decryptAccount(keys, "pover_2", encrypted)).toThrow(DecryptionError)
    })

    it("can't be opened when a single bit of it was changed", () => {
      const encrypted = encryptAccount(keys, "pover_1", account)
      const bytes = Buffer.from(encrypted.encrypted_account, "base64")
      for (const index of [0, 11, 12, 27, 28, bytes.length - 1]) {
        const changed = Buffer.from(bytes)
        changed[index] = changed[index]! ^ 1
        const text = { ...encrypted, encrypted_account: changed.toString("base64") }
        expect(() => decryptAccount(keys, "pover_1", text)).toThrow(DecryptionError)
      }
    })

    it("can't be opened when it was cut, even so that only a part of its tag is left", () => {
      const encrypted = encryptAccount(keys, "pover_1", account)
      const bytes = Buffer.from(encrypted.encrypted_account, "base64")
      for (const length of [0, 5, 12, 16, 20, 27, 28]) {
        const text = {
          ...encrypted,
          encrypted_account: bytes.subarray(0, length).toString("base64"),
        }
        expect(() => decryptAccount(keys, "pover_1", text)).toThrow(DecryptionError)
      }
    })

    it("of an old key is opened while that key is there, and a missing one is named", () => {
      const encrypted = encryptAccount(keys, "pover_1", account)
      const both = new KeyRing({ keyId: "2", keys: { "1": key, "2": otherKey } })
      expect(decryptAccount(both, "pover_1", encrypted)).toEqual(account)
      expect(encryptAccount(both, "pover_1", account).key_id).toBe("2")
      const without = new KeyRing({ keyId: "2", keys: { "2": otherKey } })
      expect(() => decryptAccount(without, "pover_1", encrypted)).toThrow(MissingKeyError)
      expect(() => decryptAccount(without, "pover_1", encrypted)).toThrow('the key "1"')
    })

    it("can't be made without a key", () => {
      expect(() => encryptAccount(new KeyRing(undefined), "pover_1", account)).toThrow(
        "openssl rand -base64 32"
      )
    })
  })

  describe("A key ring", () => {
    it("shows no key, however it is printed", () => {
      expect(JSON.stringify(keys)).toBe("{}")
      expect(Object.values(keys)).toEqual([])
    })

    it("gives each use a key of its own, none of which is the one of the options", () => {
      const account = keys.present("account").key
      const approval = keys.present("approval").key
      expect(account.equals(approval)).toBe(false)
      expect(account.equals(Buffer.from(key, "base64"))).toBe(false)
    })

    it("does not take a name that every object knows for a key", () => {
      expect(() => keys.named("constructor", "account")).toThrow(MissingKeyError)
    })
  })
})

describe("last places", () => {
  describe("The last places of a number", () => {
    it.each([
      ["9988776655443322", "••••3322"],
      ["123456789", "••••6789"],
      ["12345678", "••••678"],
      ["12345", "••••45"],
      ["123", "••••3"],
      ["12", "••••"],
      ["1", "••••"],
      ["", "••••"],
      [" 123456789 ", "••••6789"],
    ])("of %p are %p: four at most, and never half of it", (value, hint) => {
      expect(lastPlaces(value)).toBe(hint)
    })
  })
})

describe("An account for who approves", () => {
  const fields = ["account_number", "bank_code"].map((name) => ({
    name,
    title: name,
    required: true,
  }))

  it("shows the bank as it is sent, and the number by its last places", () => {
    const account = { bank_code: "BDOX", account_number: "03001234567" }
    expect(maskedAccount(account, fields)).toEqual({
      bank_code: "BDOX",
      account_number: "••••4567",
    })
  })

  it("shows nothing in full that the provider has no field for any more", () => {
    const account = { card: "4111111111111111", account_number: "998877" }
    expect(maskedAccount(account, fields)).toEqual({ card: "••••1111", account_number: "••••77" })
    expect(maskedAccount(account, [])).toEqual({ card: "••••1111", account_number: "••••77" })
  })
})

describe("approval signature", () => {
  const order: PayoutOrder = {
    reference: "P01JQ0000000000000000000000",
    amount: "1500.00",
    currencyCode: "php",
    purpose: "Commission, May",
    beneficiary: { name: "Juan", phone: "0917", email: null },
    account: { account_number: "998877", bank_code: "BDOX" },
  }
  const facts: ApprovedFacts = { provider_id: "po_acme_main", send_at: null, order }
  const keys = new KeyRing({ keyId: "a.1", keys: { "a.1": key } })

  describe("The signature of an approval", () => {
    it("holds for what was approved, in whatever order the fields come", () => {
      const signature = approvalSignature(keys, facts)
      expect(verifyApproval(keys, signature, facts)).toBe(true)
      const account = { bank_code: "BDOX", account_number: "998877" }
      expect(verifyApproval(keys, signature, { ...facts, order: { ...order, account } })).toBe(true)
    })

    it.each<[string, Partial<PayoutOrder>]>([
      ["amount", { amount: "1500.01" }],
      ["currency", { currencyCode: "idr" }],
      ["purpose", { purpose: "Commission, June" }],
      ["reference", { reference: "P01JQ0000000000000000000001" }],
      ["name", { beneficiary: { ...order.beneficiary, name: "Pedro" } }],
      ["phone", { beneficiary: { ...order.beneficiary, phone: "0918" } }],
      ["e-mail", { beneficiary: { ...order.beneficiary, email: "p@example.com" } }],
      ["account", { account: { account_number: "998878", bank_code: "BDOX" } }],
      ["bank", { account: { account_number: "998877", bank_code: "BPIX" } }],
      ["set of the account's fields", { account: { account_number: "998877" } }],
    ])("is broken by another %s", (_name, change) => {
      const signature = approvalSignature(keys, facts)
      const changed = { ...facts, order: { ...order, ...change } }
      expect(verifyApproval(keys, signature, changed)).toBe(false)
    })

    it("is broken by another provider, another day, and by whatever else would be sent", () => {
      const signature = approvalSignature(keys, facts)
      const changed = [
        { ...facts, provider_id: "po_acme_other" },
        { ...facts, send_at: new Date("2030-01-02T00:00:00Z") },
        { ...facts, order: { ...order, note: "to be sent too" } },
      ]
      for (const other of changed) {
        expect(verifyApproval(keys, signature, other)).toBe(false)
      }
    })

    it("is nothing that somebody without the key can make, and says nothing of the account", () => {
      const forger = new KeyRing({ keyId: "a.1", keys: { "a.1": otherKey } })
      const signature = approvalSignature(forger, facts)
      expect(verifyApproval(keys, signature, facts)).toBe(false)
      expect(signature).toMatch(/^a\.1\.[0-9a-f]{64}$/)
    })

    it.each(["", "a.1", "a.1.", "a.1.zz", `a.1.${"0".repeat(64)}`])(
      "does not hold as %p",
      (signature) => {
        const holds = () => verifyApproval(keys, signature, facts)
        try {
          expect(holds()).toBe(false)
        } catch (error) {
          expect(error).toBeInstanceOf(MissingKeyError)
        }
      }
    )
  })
})
