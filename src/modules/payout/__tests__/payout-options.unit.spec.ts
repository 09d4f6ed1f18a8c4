import { parsePayoutOptions } from "../payout-options"
import { encryption } from "./payouts-served"

const provider = { resolve: "medusa-regional-payments/payout-providers/mocasa", id: "main" }

describe("The option payouts", () => {
  it("may be missing, and then nothing can be sent", () => {
    for (const options of [undefined, null, {}, { payouts: undefined }]) {
      expect(parsePayoutOptions(options)).toEqual({
        providers: [],
        approval: "second_person",
        approvalExpiresInDays: 30,
        webhookRetentionDays: 90,
        limits: {},
        timeZone: "UTC",
      })
    }
  })

  it("is read beside the plugin's other options, which are not looked at", () => {
    const database = { clientUrl: "postgres://user:password@host/shop" }
    const options = { database, payouts: { providers: [provider], encryption } }
    expect(parsePayoutOptions(options).providers).toEqual([{ ...provider, options: {} }])
  })

  it.each<[string, Record<string, unknown>, string]>([
    ["a provider without a key", { providers: [provider] }, "payouts.encryption: is missing"],
    ["a provider that is none", { providers: [{ resolve: 7 }] }, "payouts.providers.0.resolve"],
    ["a misspelt name", { aproval: "none" }, "payouts.aproval: no such option"],
    [
      "another approval",
      { approval: "two" },
      'payouts.approval: must be "second_person" or "none"',
    ],
    ["a limit that is a number", { limits: { php: { perDay: 5 } } }, "payouts.limits.php.perDay"],
    ["a limit of nothing", { limits: { php: { perDay: "0" } } }, "above zero"],
    ["a currency in capitals", { limits: { PHP: {} } }, "payouts.limits.PHP"],
    ["a time zone that is none", { timeZone: "Manila" }, "payouts.timeZone"],
    ["nobody who may approve", { approvers: [] }, "payouts.approvers"],
    [
      "a key that is too short",
      { encryption: { keyId: "1", keys: { "1": "c2VjcmV0" } } },
      "32 bytes in base64",
    ],
    [
      "a key id that names none",
      { encryption: { ...encryption, keyId: "7" } },
      "keyId must name one of the keys",
    ],
  ])("names what is wrong with %s, and holds no value", (_name, payouts, message) => {
    const parse = () => parsePayoutOptions({ payouts })
    expect(parse).toThrow(message)
    expect(parse).not.toThrow("c2VjcmV0")
  })
})
