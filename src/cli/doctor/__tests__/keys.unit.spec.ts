import { encryptAccount } from "../../../modules/payout/crypto/accounts"
import { KeyRing } from "../../../modules/payout/crypto/keys"
import { type Encrypted, readWith } from "../checks/payouts"

const key = (byte: number) => Buffer.alloc(32, byte).toString("base64")
const ring = (keyId: string, keys: Record<string, string>) => new KeyRing({ keyId, keys })

describe("what payouts have encrypted", () => {
  const before = ring("2028", { "2028": key(1) })
  const account = { iban: "HR1723600001101234565" }
  const id = "pobenv_1"
  const stored: Encrypted = {
    accounts: [{ id, ...encryptAccount(before, id, account) }],
    fileKeys: ["2028"],
  }
  const found = (keys: KeyRing, rows = stored) =>
    readWith(keys, rows, undefined).map(({ severity, message }) => `${severity}: ${message}`)

  it("is read with the key of its name, also when a newer one encrypts", () => {
    expect(found(ring("2029", { "2028": key(1), "2029": key(2) }))).toEqual([
      "ok: What is encrypted can be read, by 1 key(s)",
    ])
    expect(found(before, { accounts: [], fileKeys: [] })).toEqual(["ok: Nothing is encrypted yet"])
  })

  it("is a fault where another key stands under the name, and nothing of the account is told", () => {
    const [first, ...more] = found(ring("2028", { "2028": key(2) }))
    expect(first).toMatch(
      /^fault: The account of the beneficiary version pobenv_1 can't be read with the key "2028"/
    )
    expect(first).not.toContain(account.iban)
    expect(more).toEqual([])
  })

  it("is a fault where the row is another's", () => {
    const moved = stored.accounts.map((row) => ({ ...row, id: "pobenv_2" }))
    expect(found(before, { ...stored, accounts: moved })).toEqual([
      expect.stringMatching(/^fault: .*pobenv_2 can't be read with the key "2028"/),
    ])
  })

  it("is a fault, of accounts and of files, where the key's name is gone from the options", () => {
    expect(found(ring("2029", { "2029": key(2) }))).toEqual([
      'fault: Accounts of payees are encrypted with the key "2028", which the options do not have',
      'fault: Files for a bank are encrypted with the key "2028", which the options do not have',
    ])
  })
})
