import { execFileSync } from "node:child_process"
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { builtinModules } from "node:module"
import { dirname, join, normalize } from "node:path"
import { type PackedPackage, packPackage, runCompiler } from "./packed-package"

const NAME = "medusa-regional-payments"
const CODE = ".medusa/server/src"

/** The package as a shop installs it, without the network; real installs are tried by `npm run test:matrix`. */
describe("the package", () => {
  let packed: PackedPackage
  let files: string[]

  beforeAll(() => {
    packed = packPackage()
    files = readdirSync(packed.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(packed.folder.length + 1))
  })

  afterAll(() => {
    rmSync(packed.shop, { recursive: true, force: true })
  })

  const text = (file: string) => readFileSync(join(packed.folder, file), "utf8")
  const code = () => files.filter((file) => file.startsWith(CODE))

  it("holds the code, the docs, what changed, what may be reported how, and its licence", () => {
    const tops = new Set(files.map((file) => file.split("/")[0] ?? ""))
    expect([...tops].filter((top) => top !== "SECURITY.md").sort()).toEqual([
      ".medusa",
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "docs",
      "package.json",
    ])
  })

  it("holds no test, no source, and no map of sources that it does not hold", () => {
    expect(code().filter((file) => /__tests__|\.(?:spec|suite)\./.test(file))).toEqual([])
    expect(code().filter((file) => !/\.(?:js|d\.ts)$|snapshot.*\.json$/.test(file))).toEqual([])
    expect(code().filter((file) => text(file).includes("sourceMappingURL"))).toEqual([])
  })

  it("names no file of the machine that it was built on", () => {
    const home = join(__dirname, "../..")
    expect(code().filter((file) => text(file).includes(home))).toEqual([])
  })

  it("resolves each link of its README, its changes and its docs", () => {
    const docs = files.filter((file) => file.endsWith(".md"))
    const links = docs.flatMap((file) =>
      linksOf(text(file)).map((link) => ({ file, link, to: normalize(join(dirname(file), link)) }))
    )
    expect(links.length).toBeGreaterThan(50)
    expect(links.filter(({ to }) => !existsSync(join(packed.folder, to)))).toEqual([])
  })

  it("has a file with its types for each of its exports", () => {
    const targets = Object.entries(packed.manifest.exports)
      .filter(([path]) => path !== "./admin" && path !== "./package.json")
      .map(([, target]) => String(target).slice("./".length))
    for (const target of targets) {
      const [before = "", behind = ""] = target.split("*")
      const found = files.filter((file) => file.startsWith(before) && file.endsWith(behind))
      expect(found).not.toEqual([])
      const types = found.map((file) => file.replace(/\.js$/, ".d.ts"))
      expect(files).toEqual(expect.arrayContaining(types))
    }
  })

  it("asks a shop for whatever its code and its types import", () => {
    const { dependencies, peerDependencies } = packed.manifest
    const given = new Set([
      ...Object.keys({ ...dependencies, ...peerDependencies }),
      ...builtinModules.flatMap((name) => [name, `node:${name}`]),
    ])
    const wanted = code().flatMap((file) =>
      [...text(file).matchAll(importedNames)].flatMap(([, name = ""]) =>
        name.startsWith(".") ? [] : packageOf(name)
      )
    )
    expect(wanted.length).toBeGreaterThan(500)
    expect([...new Set(wanted)].filter((name) => !given.has(name))).toEqual([])
  })

  describe("in a program of the shop's", () => {
    const look = `console.log([regionalPayments().resolve, mocasa({ id: "main" }).resolve, bankFile({}).id].join())`
    const names = "{ regionalPayments, mocasa, bankFile }"

    it.each([
      ["CommonJS", "look.cjs", `const ${names} = require("${NAME}")\n${look}`],
      ["ES modules", "look.mjs", `import ${names} from "${NAME}"\n${look}`],
    ])("is loaded as %s", (_kind, file, program) => {
      writeFileSync(join(packed.shop, file), program)
      const said = execFileSync(process.execPath, [file], { cwd: packed.shop })
      expect(String(said).trim()).toBe(`${NAME},${NAME}/providers/mocasa,bank-file`)
    })
  })

  it("loads each of its exports", () => {
    const code = `${CODE}/`
    const folders = files.flatMap((file) => {
      const [, group, name] =
        file.match(/src\/(modules|providers|payout-providers)\/([\w-]+)\/index\.js$/) ?? []
      return file.startsWith(code) && group && name ? [`${NAME}/${group}/${name}`] : []
    })
    const others = Object.keys(packed.manifest.exports)
      // The dashboard's bundle is for a browser and is not built here.
      .filter((path) => !path.includes("*") && path !== "./admin")
      .map((path) => `${NAME}${path.slice(1)}`)
    expect(others).toEqual(expect.arrayContaining([`${NAME}/extend`, `${NAME}/testing`]))
    const names = [...folders, ...others]
    expect(names.length).toBeGreaterThan(15)
    const program = `for (const name of ${JSON.stringify(names)}) if (Object.keys(require(name)).length === 0) throw new Error(name)`
    execFileSync(process.execPath, ["-e", program], { cwd: packed.shop })
  })

  describe("read by TypeScript, strictly and with every typing checked", () => {
    it.each([
      ["node16, as CommonJS and as an ES module", "node16", ["shop.cts", "shop.mts"]],
      ["nodenext, as CommonJS and as an ES module", "nodenext", ["shop.cts", "shop.mts"]],
      ["a bundler", "bundler", ["shop.ts"]],
    ])("by %s", (_name, resolution, consumers) => {
      for (const file of consumers) {
        writeFileSync(join(packed.shop, file), consumer)
      }
      // A gateway of another package, as docs/extending.md walks through it.
      const acme = join(packed.shop, "acme")
      cpSync(join(__dirname, "../sixth-gateway/src"), acme, { recursive: true })
      const config = join(packed.shop, `tsconfig.${resolution}.json`)
      const compilerOptions = {
        target: "ES2022",
        lib: ["ES2022"],
        types: ["node"],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
        module: resolution === "bundler" ? "ESNext" : resolution,
        moduleResolution: resolution,
      }
      writeFileSync(
        config,
        JSON.stringify({ compilerOptions, files: consumers, include: ["acme"] })
      )
      const complaints = runCompiler(["-p", config, "--pretty", "false"], packed.shop)
        .split("\n")
        .filter((line) => /error TS/.test(line))
      // Medusa's own typings have faults of their own that a shop leaves out by skipLibCheck.
      const ours = complaints.filter((line) => !/^(?:\.\.\/)+node_modules\//.test(line))
      expect(ours).toEqual([])
    })
  })
})

/** Within code; a text that holds `from "..."`, such as a query or code to be written, has no name of a package there. */
const importedNames = /(?:\bfrom |\brequire\(|\bimport\()"([\w@./:~-]+)"(?=[;)])/g

/** `@medusajs/framework` for `@medusajs/framework/utils`. */
function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/")
}

/** Of a text in Markdown: its links and pictures within the package. */
function linksOf(text: string): string[] {
  const outside = text.replace(/^ *```[^]*?^ *```$/gm, "")
  return [...outside.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
    .map(([, link, source]) => (link ?? source ?? "").split("#")[0] ?? "")
    .filter((link) => link !== "" && !/^\w+:/.test(link))
}

/** What a shop writes: its config, its own code on the workflows, and a page of its own server. */
const consumer = `
  import { defineConfig } from "@medusajs/framework/utils"
  import { bankFile, cashy, cashyPayouts, kess, mocasa, mocasaPayouts, mocopay, paymentz, paymentzPayouts, regionalPayments } from "${NAME}"
  import type { PluginOptions, ProviderEntry } from "${NAME}"
  import { refundExceptionWorkflow } from "${NAME}/workflows"
  import { AbstractPayoutProvider, PAYOUT_MODULE } from "${NAME}/modules/payout"
  import { PAYMENT_JOURNAL_MODULE } from "${NAME}/modules/payment-journal"
  import { MocasaPaymentProvider } from "${NAME}/providers/mocasa"
  import { nextAction } from "${NAME}/storefront"
  import { commonOptions, type PaymentGateway, paymentProvider, SavedMethodsProvider } from "${NAME}/extend"
  import { conformance, FakeGateway, FakeProvider, type GatewayData, MemoryJournal, signedMessage } from "${NAME}/testing"
  import * as bankFilePayouts from "${NAME}/payout-providers/bank-file"

  const env = process.env
  const returnUrl = "https://shop.example/checkout/return"
  const providers: ProviderEntry[] = [
    mocasa({ baseUrl: env.MOCASA_BASE_URL, clientKey: env.MOCASA_CLIENT_KEY, clientSecret: env.MOCASA_CLIENT_SECRET, returnUrl }),
    kess({ id: "till", baseUrl: "", username: "", password: "", storeId: 1, serviceId: "30", mode: "quick", currency: "usd" }),
    cashy({ baseUrl: "", merchantId: "", apiKey: env.CASHY_API_KEY, currency: "pkr", payType: 36, notifyUrl: "" }),
    mocopay({ apiKey: "", secret: "", products: [{ pid: "1", amount: "4.00", currency: env.CURRENCY }] }),
    paymentz({ baseUrl: "", memberId: "", secureKey: "", partnerId: "", username: "", totype: "", returnUrl, notificationUrl: "" }),
  ]
  const payouts: PluginOptions["payouts"] = {
    providers: [
      mocasaPayouts({ baseUrl: "", clientKey: "", clientSecret: env.MOCASA_CLIENT_SECRET }),
      cashyPayouts({ baseUrl: "", merchantId: "", apiKey: "", currency: "pkr", notifyUrl: "" }),
      paymentzPayouts({ baseUrl: "", memberId: "", secureKey: "", partnerId: "", username: "", merchantEmail: "" }),
      bankFile({ id: "zagreb", debtor: { name: "Shop", iban: "HR1723600001101234565" } }),
      bankFile({ format: "csv", currencies: { usd: 2 }, columns: [{ name: "No", value: "line" }] }),
      { resolve: "./src/payouts/mine", id: "mine" },
    ],
    approval: "second_person",
    limits: { php: { perTransfer: "50000.00" } },
    encryption: { keyId: "1", keys: { "1": env.PAYOUT_ENCRYPTION_KEY } },
  }
  export default defineConfig({
    plugins: [regionalPayments({ payouts })],
    modules: [{ resolve: "@medusajs/medusa/payment", options: { providers } }],
  })
  export const own = [refundExceptionWorkflow, AbstractPayoutProvider, PAYOUT_MODULE, PAYMENT_JOURNAL_MODULE, MocasaPaymentProvider, nextAction({ data: null }), bankFilePayouts]
  export const gateway: PaymentGateway = new FakeGateway()
  export const forItsOwnTests = [FakeProvider, MemoryJournal, paymentProvider, SavedMethodsProvider, commonOptions.timeoutMs.parse(1000)]
  export const test = (data: GatewayData) => { conformance(data) }
  export const message: string | undefined = signedMessage("mocasa", {}, { reference: "R", gatewayId: null, amount: "1.00", status: "success" })?.body

  // @ts-expect-error a required option that is not written
  mocasa({ baseUrl: "", clientKey: "", returnUrl })
  // @ts-expect-error an option that there is not
  mocopay({ apiKey: "", secret: "", products: [], sekret: "" })
  // @ts-expect-error a value that is none of the option's
  kess({ baseUrl: "", username: "", password: "", storeId: 1, serviceId: 30, mode: "qr", currency: "usd" })
  // @ts-expect-error an option of payouts that there is not
  regionalPayments({ payouts: { approval: "none", limit: {} } })
`
