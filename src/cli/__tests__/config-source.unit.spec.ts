import { ConfigSource } from "../config-source"

const written = `import { defineConfig, Modules } from "@medusajs/framework/utils"

const mocasa = {
  resolve: "medusa-regional-payments/providers/mocasa",
  id: "main",
  options: {
    baseUrl: process.env.MOCASA_BASE_URL,
    clientKey: process.env.MOCASA_KEY ?? "key",
    nested: { list: [{ name: "a" }, { name: "b" }] },
  },
}

export default defineConfig({
  plugins: ["other-plugin", { resolve: "medusa-regional-payments", options: {} }],
  modules: {
    [Modules.PAYMENT]: { resolve: "@medusajs/medusa/payment", options: { providers: [mocasa] } },
  },
} as const)
`

const source = new ConfigSource("medusa-config.ts", written)
const provider = () => {
  const entry = source.entries.find(({ id }) => id === "main")
  if (!entry?.object) {
    throw new Error("The provider was not found")
  }
  return entry.object
}

describe("a medusa-config as it is written", () => {
  it("lists what is loaded by a name, wherever it stands, with its line", () => {
    expect(source.entries.map(({ resolve, id, line }) => [resolve, id, line])).toEqual([
      ["medusa-regional-payments/providers/mocasa", "main", 3],
      ["other-plugin", undefined, 14],
      ["medusa-regional-payments", undefined, 14],
      ["@medusajs/medusa/payment", undefined, 16],
    ])
  })

  it("knows the line of an option, within lists too, and of the object that lacks it", () => {
    expect(source.lineOf(provider(), ["options", "clientKey"])).toBe(8)
    expect(source.lineOf(provider(), ["options", "nested", "list", "1", "name"])).toBe(9)
    expect(source.lineOf(provider(), ["options", "returnUrl"])).toBe(6)
    expect(source.lineOf(provider(), ["missing"])).toBe(3)
  })

  it("knows the environment variable that an option is taken from, also with a default", () => {
    expect(source.variableOf(provider(), ["options", "baseUrl"])).toBe("MOCASA_BASE_URL")
    expect(source.variableOf(provider(), ["options", "clientKey"])).toBe("MOCASA_KEY")
    expect(source.variableOf(provider(), ["options", "nested"])).toBeUndefined()
    expect(source.variableOf(provider(), ["options", "returnUrl"])).toBeUndefined()
  })

  it.each([
    ["an import", 'import { cashy as cash, regionalPayments } from "medusa-regional-payments"\n'],
    ["require", 'const { cashy: cash, regionalPayments } = require("medusa-regional-payments")\n'],
  ])("knows what is written by this package's own functions, by %s", (_how, imports) => {
    const { entries } = new ConfigSource(
      "medusa-config.ts",
      `${imports}export default { plugins: [regionalPayments()], providers: [\n  cash({ id: "pk", other: 1 }), cash({}), mocasa({})\n] }`
    )
    const provider = "medusa-regional-payments/providers/cashy"
    expect(entries).toMatchObject([
      { resolve: "medusa-regional-payments", isCall: true, line: 2 },
      { resolve: provider, id: "pk", isCall: true, line: 3 },
      { resolve: provider, id: "cashy", isCall: true, line: 3 },
    ])
  })

  it.each([
    ["export default defineConfig({ plugins: [] })"],
    ["module.exports = defineConfig({ plugins: [] })"],
    ["const config = { plugins: [] }\nexport default config"],
    ["const config = defineConfig({ plugins: [] }) satisfies object\nmodule.exports = config"],
  ])("finds the object that is exported: %s", (text) => {
    const { exported } = new ConfigSource("medusa-config.ts", text)
    expect(exported?.properties).toHaveLength(1)
  })

  it("follows no name that is made from itself, and says so where it is no code", () => {
    expect(new ConfigSource("a.ts", "const a = a\nexport default a").exported).toBeUndefined()
    expect(() => new ConfigSource("a.ts", "export default {")).toThrow(SyntaxError)
  })
})
