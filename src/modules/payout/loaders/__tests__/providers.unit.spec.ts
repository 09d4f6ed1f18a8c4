import { asValue } from "@medusajs/framework/awilix"
import { createMedusaContainer } from "@medusajs/framework/utils"
import { MadeUpPayoutProvider } from "../../__tests__/made-up-provider"
import { encryption } from "../../__tests__/payouts-served"
import { loadPayoutProviders, PAYOUT_PROVIDERS } from "../providers"

class Nameless extends MadeUpPayoutProvider {
  static override identifier = ""
}

class Told extends MadeUpPayoutProvider {
  static override identifier = "told"
  static override ownAddresses = { notifyUrl: "payout webhook" as const }
}

class Talkative extends MadeUpPayoutProvider {
  static override identifier = "talkative"
  constructor(cradle?: { logger: { warn(line: string): void } }) {
    super()
    cradle?.logger.warn("Acme Pay send: HTTP 401")
  }
}

class Choosy extends MadeUpPayoutProvider {
  static override identifier = "choosy"
  static override validateOptions(options: Record<string, unknown>) {
    if (!options.apiKey) throw new Error("apiKey is missing")
  }
}

const entry = (service: typeof MadeUpPayoutProvider, id?: string, options = {}) => ({
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
    const container = await load(entry(MadeUpPayoutProvider, "main"), entry(MadeUpPayoutProvider))
    expect(container.resolve(PAYOUT_PROVIDERS)).toEqual(["po_acme", "po_acme_main"])
    const provider = container.resolve("po_acme_main")
    expect(provider).toBeInstanceOf(MadeUpPayoutProvider)
    expect(container.resolve("po_acme_main")).toBe(provider)
    expect(container.resolve("po_acme")).not.toBe(provider)
  })

  it("may be none", async () => {
    expect((await load()).resolve(PAYOUT_PROVIDERS)).toEqual([])
  })

  it("stop the boot where two are called the same, or one has no name", async () => {
    const twice = load(entry(MadeUpPayoutProvider, "main"), entry(MadeUpPayoutProvider, "main"))
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
