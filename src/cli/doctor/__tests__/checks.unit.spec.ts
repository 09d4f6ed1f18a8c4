import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ConfigManager } from "@medusajs/framework/config"
import type { ProviderCheck } from "../../../modules/payment-journal/repositories/provider-health"
import { configuredProviders } from "../../../providers/registry"
import { ConfigSource } from "../../config-source"
import type { Shop } from "../../shop"
import { checkConfig, checkOptions } from "../checks/config"
import { loadOtherGateways, checkProvider } from "../checks/providers"
import { checkLocking } from "../checks/database"
import { type Answer, checkReach } from "../checks/reach"
import { checkReturnOrigins } from "../checks/return-origins"
import { checkVersions, isWithin } from "../checks/version"
import { exitCodeOf } from "../diagnostic"
import { asJson, asText } from "../print"
import { secretHider } from "../secrets"
import type { ShopRows } from "../shop-rows"

const written = `export default defineConfig({
  plugins: [
    {
      resolve: "medusa-regional-payments",
      options: { payouts: { approval: "nobody" } },
    },
  ],
  modules: [
    {
      resolve: "@medusajs/medusa/payment",
      options: {
        providers: [
          {
            resolve: "medusa-regional-payments/providers/mocasa",
            id: "main",
            options: {
              baseUrl: process.env.DOCTOR_TEST_BASE_URL,
              clientKey: "key",
              clientSecret: "a secret of mocasa",
              returnUrl: "shop.example",
              retrunUrl: "",
            },
          },
        ],
      },
    },
  ],
})
`
const source = new ConfigSource("medusa-config.ts", written)

const good = {
  baseUrl: "https://api.mocasa.example",
  clientKey: "key",
  clientSecret: "a secret of mocasa",
  returnUrl: "https://shop.example/return",
}

function shopOf(options: object, more: Record<string, unknown> = {}, project: object = {}): Shop {
  const provider = { resolve: "medusa-regional-payments/providers/mocasa", id: "main", options }
  const config = new ConfigManager().loadConfig({
    projectConfig: {
      projectConfig: {
        workerMode: "shared",
        http: { storeCors: "", adminCors: "", authCors: "" },
        ...project,
      },
      modules: {
        payment_journal: { resolve: "medusa-regional-payments" },
        payment: { options: { providers: [provider] } },
        ...more,
      },
    },
    baseDir: "/shop",
    throwOnValidationError: false,
  })
  return { folder: "/shop", config, source }
}

describe("the versions", () => {
  const promised = { medusa: "^2.18.0", node: ">=20.18.1" }
  const installed = { medusa: "2.21.2", framework: "2.21.2", node: "22.1.0" }

  it.each([
    ["2.18.0", "^2.18.0", true],
    ["2.17.9", "^2.18.0", false],
    ["3.0.0", "^2.18.0", false],
    ["2.21.2-rc.1", "^2.18.0", true],
    ["2.14.3", ">=2.14.3 <3", true],
    ["3.0.0", ">=2.14.3 <3", false],
    ["20.18.0", ">=20.18.1", false],
  ])("%s is within %s: %s", (version, range, isIn) => {
    expect(isWithin(version, range)).toBe(isIn)
  })

  it("are a fault where one is older than promised, and a warning where Medusa is of two", () => {
    const faults = (change: object) =>
      checkVersions({ ...installed, ...change }, promised)
        .filter(({ severity }) => severity !== "ok")
        .map(({ severity, message }) => `${severity}: ${message}`)
    expect(faults({})).toEqual([])
    expect(faults({ medusa: "2.14.0", framework: "2.14.0" })).toEqual([
      "fault: Medusa 2.14.0 is not within ^2.18.0",
    ])
    expect(faults({ node: "18.2.0" })).toEqual(["fault: Node.js 18.2.0 is not within >=20.18.1"])
    expect(faults({ framework: "2.20.1" })).toEqual([expect.stringMatching(/^warning: .*2\.20\.1/)])
    expect(faults({ medusa: undefined })).toEqual(["fault: Medusa is not installed here"])
  })
})

describe("the config", () => {
  it("names each option that is wrong, with its line and the variable to set", () => {
    const { baseUrl: _, ...rest } = good
    const options = { ...rest, baseUrl: undefined, returnUrl: "shop.example", retrunUrl: "" }
    const payout = { options: { payouts: { approval: "nobody" } } }
    const found = checkOptions(shopOf(options, { payout }))
    expect(found.map(({ place, provider }) => [place?.line, place?.option, provider])).toEqual([
      [17, "options.baseUrl", "pp_mocasa_main"],
      [20, "options.returnUrl", "pp_mocasa_main"],
      [21, "options.retrunUrl", "pp_mocasa_main"],
      [5, "options.payouts.approval", null],
    ])
    expect(found[0]?.remedy).toBe("Set DOCTOR_TEST_BASE_URL in the environment, or in .env")
    expect(found[2]?.message).toBe("retrunUrl no such option; did you mean returnUrl?")
    expect(checkOptions(shopOf(good)).map(({ severity }) => severity)).toEqual(["ok"])
  })

  it("names a plugin that is missing, a provider that there is not, and one that is there twice", () => {
    const messages = (shop: Shop) => checkConfig(shop).map(({ message }) => message)
    const entry = (name: string) => ({
      resolve: `medusa-regional-payments/providers/${name}`,
      id: "main",
      options: good,
    })
    const listing = (...providers: object[]) =>
      shopOf(good, { payment: { options: { providers } } })
    expect(messages(shopOf(good, { payment_journal: undefined }))).toEqual([
      "The plugin medusa-regional-payments is not listed",
    ])
    expect(messages(listing(entry("mocassa")))).toEqual([
      "There is no provider medusa-regional-payments/providers/mocassa",
      "No payment provider of this package is listed",
    ])
    expect(messages(listing(entry("mocasa"), entry("mocasa")))).toEqual([
      expect.stringMatching(/pp_mocasa_main more than once/),
    ])
    expect(messages(shopOf(good))).toEqual(["The plugin and one provider are listed"])
  })

  it("has the gateways of other packages make themselves known, and names one that can't be loaded", () => {
    const folder = mkdtempSync(join(tmpdir(), "other-gateways-"))
    try {
      mkdirSync(join(folder, "providers"))
      writeFileSync(join(folder, "package.json"), "{}")
      writeFileSync(join(folder, "providers/there.js"), "globalThis.wasLoaded = true")
      const providers = ["there", "gone"].map((name) => ({
        resolve: `./providers/${name}`,
        id: "a",
      }))
      const shop = shopOf(good, { payment: { options: { providers } } })
      expect(loadOtherGateways({ ...shop, folder })).toMatchObject([
        {
          severity: "fault",
          message: expect.stringMatching(/^\.\/providers\/gone can't be loaded/),
        },
      ])
      expect(Reflect.get(globalThis, "wasLoaded")).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it("has locks in memory as a hint for one server, and as a fault for several", () => {
    const severity = (shop: Shop, servers?: number) => checkLocking(shop, servers)[0]?.severity
    const redis = { locking: { options: { providers: [{ resolve: "locking-redis" }] } } }
    expect(severity(shopOf(good))).toBe("advice")
    expect(severity(shopOf(good), 2)).toBe("fault")
    expect(severity(shopOf(good, {}, { workerMode: "server" }))).toBe("fault")
    expect(severity(shopOf(good, {}, { workerMode: "server" }), 1)).toBe("advice")
    expect(severity(shopOf(good, redis), 2)).toBe("ok")
  })
})

const [provider] = configuredProviders(shopOf(good).config)
if (!provider) {
  throw new Error("The provider is not configured")
}

describe("a provider", () => {
  const rows: ShopRows = {
    regions: [
      { id: "reg_1", name: "Philippines", currency_code: "php", providerIds: [provider.id] },
      { id: "reg_2", name: "Europe", currency_code: "eur", providerIds: [] },
    ],
    enabled: new Set([provider.id]),
    health: new Map(),
  }
  const accepted: ProviderCheck = {
    outcome: "accepted",
    code: null,
    message: null,
    clock_ahead_ms: 0,
    checked_options: provider.fingerprint,
  }
  const found = (change: Partial<ProviderCheck>, shopRows: ShopRows | undefined = rows) =>
    checkProvider(provider, {
      shop: { source },
      rows: shopRows,
      backend: "https://api.shop.example",
      check: { ...accepted, ...change },
    })
  const of = (check: string, all: ReturnType<typeof found>) =>
    all.filter((each) => each.check === check).map(({ severity }) => severity)

  it("is well where its gateway knows the shop and a region sells in its currency", () => {
    const all = found({})
    expect(of("credentials", all)).toEqual(["ok"])
    expect(of("regions", all)).toEqual(["ok"])
    expect(of("addresses", all)).toEqual(["ok"])
    expect(exitCodeOf(all)).toBe(0)
  })

  it.each([
    ["refused", "fault"],
    ["wrong_address", "fault"],
    ["unclear", "unknown"],
    ["no_answer", "unknown"],
  ] as const)("whose credentials are %s is a %s", (outcome, severity) => {
    const all = found({ outcome, code: "E17", message: "no such merchant" })
    expect(of("credentials", all)).toEqual([severity])
    const line = all.find(({ check }) => check === "credentials")
    expect(`${line?.message}`).toContain("E17: no such merchant")
    expect(line?.place).toMatchObject({ file: "medusa-config.ts", line: expect.any(Number) })
  })

  it("tells of a clock that is off, and of regions that do not fit", () => {
    expect(of("clock", found({ clock_ahead_ms: 300_000 }))).toEqual(["fault"])
    const [philippines, europe] = rows.regions
    const allowed = { ...europe!, providerIds: [provider.id] }
    expect(of("regions", found({}, { ...rows, regions: [allowed] }))).toEqual(["fault"])
    expect(of("regions", found({}, { ...rows, regions: [philippines!, allowed] }))).toEqual([
      "warning",
    ])
    expect(of("regions", found({}, { ...rows, regions: [] }))).toEqual(["fault"])
  })

  it("says nothing of regions where the database was not reached", () => {
    expect(
      of(
        "regions",
        checkProvider(provider, {
          shop: { source },
          rows: undefined,
          backend: "https://a.example",
          check: accepted,
        })
      )
    ).toEqual([])
  })
})

describe("the addresses", () => {
  const addresses = {
    webhook: { url: "https://api.shop.example/hooks/payment/mocasa_main", option: null },
    return: { url: "https://shop.example/return", option: "returnUrl" },
  }
  const answer = (status: number, body = ""): Answer => ({
    status,
    body,
    headers: { get: () => null },
  })
  const severities = async (webhook: Answer | Error, page: Answer | Error) => {
    const asked: string[] = []
    const found = await checkReach(provider, addresses, async (url) => {
      asked.push(url)
      const given = url.includes("/hooks/") ? webhook : page
      if (given instanceof Error) {
        throw given
      }
      return given
    })
    return { asked, severities: found.map(({ severity }) => severity) }
  }
  const ours = answer(404, '{"message":"There is no such payment provider"}')

  it("are asked under a name that the shop has not, so that nothing is noted", async () => {
    const { asked, severities: all } = await severities(ours, answer(200))
    expect(asked[0]).toBe("https://api.shop.example/hooks/payment/mocasa__doctor")
    expect(all).toEqual(["ok", "ok"])
  })

  it("are a fault where something else answers, and unknown where nothing does", async () => {
    expect((await severities(answer(404, "nginx"), answer(404))).severities).toEqual([
      "fault",
      "warning",
    ])
    expect((await severities(answer(200, "Hi"), answer(302))).severities).toEqual(["fault", "ok"])
    const gone = new Error("connect ECONNREFUSED")
    expect((await severities(gone, gone)).severities).toEqual(["unknown", "unknown"])
  })
})

describe("the origins that a return_url may have", () => {
  const found = (options: object, storeCors: string) => {
    const shop = shopOf(
      { ...good, ...options },
      {},
      { http: { storeCors, adminCors: "", authCors: "" } }
    )
    const [own] = configuredProviders(shop.config)
    return checkReturnOrigins(own!, shop, "https://api.shop.example").map(
      ({ severity, message, place }) => `${severity}: ${message} (${place?.option})`
    )
  }

  it("are those of all storefronts that Medusa lets in, or the doctor names the one that is not", () => {
    const both = "https://shop.example,https://m.shop.example/,https://docs.medusajs.com,/vercel/,*"
    expect(found({}, both)).toEqual([
      "advice: A return_url at https://m.shop.example would be refused (options.allowedReturnOrigins)",
    ])
    expect(found({ allowedReturnOrigins: ["https://m.shop.example"] }, both)).toEqual([])
    expect(found({}, "")).toEqual([])
  })

  it("are https, and of no developer's machine in a live account", () => {
    const allowedReturnOrigins = ["http://localhost:8000", "http://m.shop.example"]
    const http =
      "warning: Shoppers may be sent back to http://m.shop.example, which is not https (options.allowedReturnOrigins)"
    expect(found({ allowedReturnOrigins, environment: "test" }, "")).toEqual([http])
    expect(found({ allowedReturnOrigins, environment: "live" }, "")).toEqual([
      expect.stringMatching(
        /^warning: A live account may send shoppers to http:\/\/localhost:8000/
      ),
      http,
    ])
  })

  it("are nobody's question where the shopper never leaves", () => {
    const kess = { resolve: "medusa-regional-payments/providers/kess", id: "kess" }
    const options = { baseUrl: "https://k.example", username: "u", password: "p", storeId: "1" }
    const payment = {
      options: {
        providers: [
          { ...kess, options: { ...options, serviceId: "30", mode: "native", currency: "usd" } },
        ],
      },
    }
    const shop = shopOf(
      good,
      { payment },
      { http: { storeCors: "https://m.shop.example", adminCors: "", authCors: "" } }
    )
    const [own] = configuredProviders(shop.config)
    expect(own?.id).toBe("pp_kess_kess")
    expect(checkReturnOrigins(own!, shop, "https://api.shop.example")).toEqual([])
  })
})

describe("what is printed", () => {
  it("names file, line and remedy of what is wrong, and holds no secret", () => {
    const found = checkOptions(shopOf({ ...good, baseUrl: undefined }))
    expect(asText(found)).toMatch(/medusa-config\.ts:17 {2}options\.baseUrl\n +Set DOCTOR_TEST/)
    expect(JSON.parse(asJson(found))).toMatchObject({ exit_code: 1, counts: { fault: 1 } })
  })

  it("has secrets taken out of what others say, whether or not the options can be read", () => {
    const { config } = shopOf(good, {}, { databaseUrl: "postgres://u:p%40ss-word@db/shop" })
    const text = "a secret of mocasa at https://api.mocasa.example for p@ss-word"
    expect(secretHider(config)(text)).toBe("[hidden] at https://api.mocasa.example for [hidden]")
    const broken = shopOf({ ...good, baseUrl: 1 }).config
    expect(secretHider(broken)("a secret of mocasa")).toBe("[hidden]")
  })
})
