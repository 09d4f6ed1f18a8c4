import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ConfigModule } from "@medusajs/framework/types"
import { transformSync } from "esbuild"
import * as helpers from "../../../index"
import { problemsOf } from "../../../providers/check-set-up"
import { ownEntries } from "../../../providers/registry"
import { ConfigSource } from "../../config-source"
import { main } from "../../main"
import { CannotWriteError, withProvider } from "../edit-config"
import { gatewayNames, type NewProvider, variablesOf } from "../templates"

const mocasa: NewProvider = { gateway: "mocasa", id: "mocasa" }
const added = (text: string, provider = mocasa) =>
  withProvider(new ConfigSource("medusa-config.ts", text), provider)

const starter = `import { loadEnv, defineConfig } from '@medusajs/framework/utils'

loadEnv(process.env.NODE_ENV || 'development', process.cwd())

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
  },
})
`

/** The config as Medusa would have it. */
function loaded(
  text: string,
  given: Record<string, string> = environment
): { plugins: unknown; modules: NonNullable<ConfigModule["modules"]> } {
  const { code } = transformSync(text, { loader: "ts", format: "cjs" })
  const module = { exports: {} }
  const load = (name: string) =>
    name === "medusa-regional-payments"
      ? helpers
      : {
          loadEnv: () => undefined,
          defineConfig: (given: object) => given,
          Modules: { PAYMENT: "payment" },
        }
  new Function("require", "module", "exports", "process", code)(load, module, module.exports, {
    env: given,
    cwd: () => "/",
  })
  const config: object = Reflect.get(module.exports, "default") ?? module.exports
  const modules: unknown = Reflect.get(config, "modules")
  const payment = Array.isArray(modules) ? modules.at(-1) : Reflect.get(Object(modules), "payment")
  return { plugins: Reflect.get(config, "plugins"), modules: { payment } }
}

/** Something that each variable could hold. */
const environment = new Proxy<Record<string, string>>(
  {},
  { get: (_, name) => (String(name).endsWith("URL") ? "https://pay.example" : "123456") }
)

describe("a gateway that is added", () => {
  it("to Medusa's starter, brings import, plugin and provider as a person would write them", () => {
    expect(added(starter)).toBe(`import { loadEnv, defineConfig } from '@medusajs/framework/utils'
import { mocasa, regionalPayments } from "medusa-regional-payments"

loadEnv(process.env.NODE_ENV || 'development', process.cwd())

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
  },
  plugins: [regionalPayments()],
  modules: [
    {
      resolve: "@medusajs/medusa/payment",
      options: {
        providers: [
          mocasa({
            baseUrl: process.env.MOCASA_BASE_URL,
            clientKey: process.env.MOCASA_CLIENT_KEY,
            clientSecret: process.env.MOCASA_CLIENT_SECRET,
            returnUrl: \`\${process.env.STOREFRONT_URL}/checkout/return\`,
          }),
        ],
      },
    },
  ],
})
`)
  })

  it.each([
    ["neither, and no comma", "export default {\n  admin: { disable: true }\n}"],
    ["lists that are empty", "export default { plugins: [], modules: [] }"],
    [
      "no trailing commas",
      "export default {\n  plugins: [\n    { resolve: 'a' }\n  ],\n  modules: [{ resolve: 'b' }]\n}",
    ],
    [
      "comments before the commas, and none behind the last one",
      "export default {\n  plugins: [\n    { resolve: 'a' } /* a */,\n  ],\n  modules: [\n    { resolve: 'b' } // b\n    ,\n  ],\n}",
    ],
    ["its plugin by name", "export default { plugins: ['medusa-regional-payments'] }"],
    ["modules by name", "export default { modules: { cache: { resolve: 'c' } } }"],
    [
      "a payment module without options",
      "export default { modules: [{ resolve: '@medusajs/medusa/payment' }] }",
    ],
    [
      "another provider",
      "const modules = [{ resolve: '@medusajs/medusa/payment', options: { providers: [{ resolve: 'stripe', id: 's' }] } }]\nexport default { modules }",
    ],
    [
      "CommonJS",
      "const { defineConfig } = require('u')\nmodule.exports = defineConfig({ plugins: [] })",
    ],
    [
      "an import of this package",
      "import { regionalPayments } from 'medusa-regional-payments'\nexport default { plugins: [regionalPayments()] }",
    ],
    [
      "comments",
      "export default {\n  modules: [\n    { resolve: 'a' }, // the first\n    // none yet\n  ],\n}",
    ],
  ])("to a config with %s is loaded by Medusa, and takes nothing away", (_what, text) => {
    const after = added(text)
    const { plugins, modules } = loaded(after)
    expect(JSON.stringify(plugins)).toContain("medusa-regional-payments")
    expect(ownEntries({ modules })).toMatchObject([{ id: "mocasa" }])
    const kept = [...after]
    for (const character of text) {
      const at = kept.indexOf(character)
      expect(at).not.toBe(-1)
      kept.splice(0, at + 1)
    }
  })

  it.each(gatewayNames)(
    "%s has options that can be used once its variables are filled in",
    (gateway) => {
      for (const id of [gateway, "second"]) {
        const [entry] = ownEntries(loaded(added(starter, { gateway, id })))
        expect(entry && problemsOf(entry)).toEqual([])
      }
    }
  )

  it("kess names its wallet by a number, which a variable could not hold", () => {
    const [entry] = ownEntries(loaded(added(starter, { gateway: "kess", id: "kess" })))
    expect(entry?.options).toMatchObject({ serviceId: 30 })
  })

  it("mocopay takes its own address where the variable of another one is empty", () => {
    const without = new Proxy(environment, {
      get: (all, name) => (name === "MOCOPAY_BASE_URL" ? "" : all[String(name)]),
    })
    const text = added(starter, { gateway: "mocopay", id: "mocopay" })
    const [entry] = ownEntries(loaded(text, without))
    expect(entry && problemsOf(entry)).toEqual([])
    expect(entry?.options).toMatchObject({ baseUrl: undefined })
  })

  it("a second time has an id and variables of its own, and is refused without one", () => {
    const twice = added(added(starter), { gateway: "mocasa", id: "shop-2" })
    expect(twice).toContain("process.env.MOCASA_SHOP_2_CLIENT_SECRET")
    expect(ownEntries(loaded(twice)).map(({ id }) => id)).toEqual(["mocasa", "shop-2"])
    expect(() => added(added(starter))).toThrow(/lists mocasa with the id "mocasa" already/)
  })

  it.each([
    [
      "providers that are made by code",
      "export default { modules: [{ resolve: '@medusajs/medusa/payment', options: { providers: made() } }] }",
    ],
    ["plugins that are made by code", "export default { plugins: made() }"],
    ["no object at all", "export default made"],
  ])("to a config with %s is shown for a person to write", (_what, text) => {
    expect(() => added(text)).toThrow(CannotWriteError)
    expect(() => added(text)).toThrow(/Write it yourself[^]*mocasa\(\{\n {2}baseUrl: process\.env/)
  })
})

describe("the command `add`", () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "add-"))
    writeFileSync(join(folder, "medusa-config.ts"), starter)
    writeFileSync(
      join(folder, ".env"),
      "DATABASE_URL=postgres://u:not-to-be-shown@db/x\nCASHY_API_KEY=kept"
    )
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const run = async (isAgreed: boolean, ...args: string[]) => {
    const printed: string[] = []
    const code = await main(["add", ...args], {
      folder,
      print: async (text) => void printed.push(text),
      printError: async (text) => void printed.push(text),
      agree: async () => isAgreed,
    })
    return { code, printed: printed.join("\n") }
  }
  const read = (file: string) => readFileSync(join(folder, file), "utf8")

  it("shows what it would write, nothing secret, and writes nothing until somebody agrees", async () => {
    const { code, printed } = await run(false, "cashy")
    expect(code).toBe(1)
    expect(printed).toContain("+   plugins: [regionalPayments()],")
    expect(printed).toContain("+ CASHY_BASE_URL=")
    expect(printed).not.toMatch(/not-to-be-shown|kept/)
    expect(read("medusa-config.ts")).toBe(starter)
  })

  it("shows of a file that lists others only the lines that are written and those around them", async () => {
    writeFileSync(join(folder, "medusa-config.ts"), added(added(starter), { ...mocasa, id: "b" }))
    const { printed } = await run(false, "kess")
    const ofConfig = printed.split("--- .env")[0] ?? ""
    expect(ofConfig.match(/^- .*/gm)).toEqual([
      '- import { mocasa, regionalPayments } from "medusa-regional-payments"',
    ])
    expect(ofConfig.match(/^\+ .*/gm)?.slice(0, 2)).toEqual([
      '+ import { mocasa, regionalPayments, kess } from "medusa-regional-payments"',
      "+           kess({",
    ])
    expect(ofConfig).not.toContain("databaseUrl")
  })

  it("writes config and variables, keeps what is set, and says what is next", async () => {
    const { code, printed } = await run(true, "cashy")
    expect(code).toBe(0)
    expect(printed).toContain("docs/gateways/cashy.md")
    expect(printed).toContain(
      'your account has otherwise, by the same page: currency: "PKR", payType: 36'
    )
    expect(read(".env")).toBe(
      "DATABASE_URL=postgres://u:not-to-be-shown@db/x\nCASHY_API_KEY=kept\nCASHY_BASE_URL=\nCASHY_MERCHANT_ID=\nBACKEND_URL=\n"
    )
    expect(read("medusa-config.ts")).toContain("cashy({")
    expect(existsSync(join(folder, ".env.template"))).toBe(false)
  })

  it("takes a gateway that there is, and an id that can stand in an address", async () => {
    expect((await run(true, "stripe")).printed).toContain("add takes one of mocasa, mocopay")
    expect((await run(true, "kess", "--id", "a b")).printed).toContain(
      "--id must be a text of letters"
    )
    expect(variablesOf({ gateway: "kess", id: "kess" })).toContain("KESS_PASSWORD")
  })
})
