import { asValue } from "@medusajs/framework/awilix"
import { createMedusaContainer } from "@medusajs/framework/utils"
import { loadPayoutProviders, PAYOUT_PROVIDERS } from "../load-providers"
import { parsePayoutOptions } from "../options"
import { FakePayoutProvider } from "./fake-provider"
import { encryption } from "./payouts-under-test"

const provider = { resolve: "medusa-regional-payments/payout-providers/mocasa", id: "main" }

describe("The option payouts", () => {
  it("may be missing, and then nothing can be sent", () => {
    for (const options of [undefined, null, {}, { payouts: undefined }]) {
      expect(parsePayoutOptions(options)).toEqual({
        providers: [],
        approval: "second_person",
        approvalExpiresInDays: 30,
        keysMay: [],
        accountCoolingOffHours: 0,
        holdFirstPayment: false,
        digestHour: 8,
        webhookRetentionDays: 90,
        twoApproversAbove: {},
        limits: {},
        timeZone: "UTC",
      })
    }
  })

  it("is read beside the database's settings, which Medusa puts there", () => {
    const database = { clientUrl: "postgres://user:password@host/shop" }
    const options = { database, payouts: { providers: [provider], encryption } }
    expect(parsePayoutOptions(options).providers).toEqual([{ ...provider, options: {} }])
  })

  it.each<[string, Record<string, unknown>, string]>([
    ["a provider without a key", { providers: [provider] }, "payouts.encryption: is missing"],
    ["a provider that is none", { providers: [{ resolve: 7 }] }, "payouts.providers.0.resolve"],
    [
      "a misspelt name",
      { aproval: "none" },
      "payouts.aproval: no such option; did you mean approval?",
    ],
    [
      "a misspelt name further in",
      { limits: { php: { per_day: "5" } } },
      "payouts.limits.php.per_day: no such option; did you mean perDay?",
    ],
    [
      "a key whose variable is not set",
      { encryption: { keyId: "1", keys: { "1": undefined } } },
      "payouts.encryption.keys.1: is missing. Make one with: openssl rand -base64 32. Its value is undefined: " +
        "is the environment variable set from which medusa-config takes it?",
    ],
    [
      "a key whose variable is empty",
      { encryption: { keyId: "1", keys: { "1": "" } } },
      "payouts.encryption.keys.1: is empty. Make one with: openssl rand -base64 32",
    ],
    [
      "a key in the place of its name",
      {
        encryption: {
          keyId: "1",
          keys: { [Buffer.alloc(32, "c2VjcmV0").toString("base64")]: "1" },
        },
      },
      "payouts.encryption.keys.(a name of 44 characters): must be 32 bytes",
    ],
    [
      "an id that breaks its webhook's address",
      { encryption, providers: [{ ...provider, id: "my shop" }] },
      'payouts.providers.0.id: must be a text of letters, digits, "-", "_" and "."',
    ],
    [
      "days as a text",
      { approvalExpiresInDays: "30" },
      "payouts.approvalExpiresInDays: must be a number",
    ],
    [
      "too many days",
      { approvalExpiresInDays: 400 },
      "payouts.approvalExpiresInDays: must be at most 365",
    ],
    [
      "another approval",
      { approval: "two" },
      'payouts.approval: must be "second_person" or "none"',
    ],
    ["a limit that is a number", { limits: { php: { perDay: 5 } } }, "payouts.limits.php.perDay"],
    ["a limit of nothing", { limits: { php: { perDay: "0" } } }, "above zero"],
    ["a currency in capitals", { limits: { PHP: {} } }, "payouts.limits.PHP"],
    [
      "two approvers where nobody approves",
      { approval: "none", twoApproversAbove: { php: "1000" } },
      'payouts.twoApproversAbove: takes approval: "second_person"',
    ],
    [
      "two approvers where one person may approve",
      { approvers: ["user_1"], twoApproversAbove: { php: "1000" } },
      "payouts.twoApproversAbove: takes two people in approvers",
    ],
    ["two approvers above a number", { twoApproversAbove: { php: 5 } }, "twoApproversAbove.php"],
    [
      "two approvers of a currency in capitals",
      { twoApproversAbove: { PHP: "5" } },
      "twoApproversAbove.PHP",
    ],
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
      "payouts.encryption.keyId: must name one of the keys",
    ],
  ])("names what is wrong with %s, and holds no value", (_name, payouts, message) => {
    const parse = () => parsePayoutOptions({ payouts })
    expect(parse).toThrow(message)
    expect(parse).not.toThrow("c2VjcmV0")
  })

  it("is the only one: another of the plugin's is refused, with the one that was meant", () => {
    expect(() => parsePayoutOptions({ payout: { providers: [provider], encryption } })).toThrow(
      /The options of the plugin medusa-regional-payments in medusa-config can't be used:\n- payout: no such option; did you mean payouts\?$/
    )
  })

  it("tells all that is wrong at once, also what depends on more than one option", () => {
    const payouts = { aproval: "none", providers: [provider], approvers: [], timeZone: "Manila" }
    expect(linesOf({ payouts, pay: true })).toEqual([
      "- payouts.approvers: is empty",
      "- payouts.timeZone: must be a time zone such as Asia/Manila",
      "- payouts.aproval: no such option; did you mean approval?",
      expect.stringContaining("- payouts.encryption: is missing: accounts are kept encrypted"),
      "- pay: no such option",
    ])
  })
})

function linesOf(options: Record<string, unknown>): string[] {
  try {
    parsePayoutOptions(options)
  } catch (error) {
    return String(error).split("\n").slice(1)
  }
  return []
}

class Nameless extends FakePayoutProvider {
  static override identifier = ""
}

class Told extends FakePayoutProvider {
  static override identifier = "told"
  static override ownAddresses = { notifyUrl: "payout webhook" as const }
}

class Talkative extends FakePayoutProvider {
  static override identifier = "talkative"
  constructor(cradle?: { logger: { warn(line: string): void } }) {
    super()
    cradle?.logger.warn("Acme Pay send: HTTP 401")
  }
}

class Choosy extends FakePayoutProvider {
  static override identifier = "choosy"
  static override validateOptions(options: Record<string, unknown>) {
    if (!options.apiKey) throw new Error("apiKey is missing")
  }
}

const entry = (service: typeof FakePayoutProvider, id?: string, options = {}) => ({
  resolve: { services: [service] },
  ...(id === undefined ? {} : { id }),
  options,
})

async function load(...providers: ReturnType<typeof entry>[]) {
  const container = createMedusaContainer()
  await loadPayoutProviders({ container, options: { payouts: { providers, encryption } } })
  return container
}

describe("The providers of payouts", () => {
  it("are registered by identifier and id, and the same one is given each time", async () => {
    const container = await load(entry(FakePayoutProvider, "main"), entry(FakePayoutProvider))
    expect(container.resolve(PAYOUT_PROVIDERS)).toEqual(["po_acme", "po_acme_main"])
    const provider = container.resolve("po_acme_main")
    expect(provider).toBeInstanceOf(FakePayoutProvider)
    expect(container.resolve("po_acme_main")).toBe(provider)
    expect(container.resolve("po_acme")).not.toBe(provider)
  })

  it("may be none", async () => {
    expect((await load()).resolve(PAYOUT_PROVIDERS)).toEqual([])
  })

  it("stop the boot where two are called the same, or one has no name", async () => {
    const twice = load(entry(FakePayoutProvider, "main"), entry(FakePayoutProvider, "main"))
    await expect(twice).rejects.toThrow("has two providers po_acme_main")
    await expect(load(entry(Nameless, "main"))).rejects.toThrow('no static "identifier"')
  })

  it("say at boot what is wrong with their own options", async () => {
    await expect(load(entry(Choosy, "main"))).rejects.toThrow("apiKey is missing")
    const container = await load(entry(Choosy, "main", { apiKey: "k" }))
    expect(container.hasRegistration("po_choosy_main")).toBe(true)
  })

  it("say at boot where the address of another route stands for their webhook's", async () => {
    const notifyUrl = "https://shop.example/hooks/payment/told_main"
    await expect(load(entry(Told, "main", { notifyUrl }))).rejects.toThrow(
      "It must end in /hooks/payout/told_main: https://shop.example/hooks/payout/told_main"
    )
    const right = "https://shop.example/hooks/payout/told_main"
    await expect(load(entry(Told, "main", { notifyUrl: right }))).resolves.toBeDefined()
  })

  it("say at boot what is wrong with each of them, and not with the first alone", async () => {
    const options = { notifyUrl: "https://shop.example/hooks" }
    const both = load(entry(Choosy, "main"), entry(Told, "main", options))
    await expect(both).rejects.toThrow(/apiKey is missing\n.*po_told_main.*\n- notifyUrl: /)
  })

  it("write their id before each line of the log, which Medusa does not tell them", async () => {
    const lines: string[] = []
    const container = await load(entry(Talkative, "main"), entry(Talkative, "second"))
    container.register("logger", asValue({ warn: (line: string) => lines.push(line) }))
    container.resolve("po_talkative_main")
    container.resolve("po_talkative_second")
    expect(lines).toEqual([
      "po_talkative_main: Acme Pay send: HTTP 401",
      "po_talkative_second: Acme Pay send: HTTP 401",
    ])
  })
})
