import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import * as extend from "medusa-regional-payments/extend"
import * as testing from "medusa-regional-payments/testing"
import * as sandbox from "medusa-regional-payments-sandbox"

const root = join(__dirname, "..")
const page = readFileSync(join(root, "../../docs/extending.md"), "utf8")
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }))
const blocks = [...page.matchAll(/^ *```ts\n(.*?)^ *```$/gms)].map(([, code = ""]) => code)
const whole = [...page.matchAll(/^`([\w/.-]+\.ts)`:\n\n```ts\n(.*?)^```$/gms)].map(
  ([, name = "", code = ""]) => [name, code] as const
)

describe("the page about a gateway of one's own", () => {
  it("shows whole every file that a reader has to write but the wire, whose calls it shows", () => {
    expect(whole.map(([name]) => name)).toEqual([
      "src/options.ts",
      "src/gateway.ts",
      "src/providers/acme/index.ts",
      "conformance/acme.spec.ts",
      "src/payouts.ts",
      "src/payout-providers/acme/index.ts",
      "conformance/acme-payouts.spec.ts",
    ])
  })

  it.each(whole)("shows %s as it is tested", (name, code) => {
    expect(code).toBe(files.find((file) => file.name === name)?.text)
  })

  it.each(blocks)("shows nothing that is not in a file of the example: %s", (code) => {
    expect(files.filter(({ text }) => text.includes(code.trimEnd()))).not.toEqual([])
  })

  it("names what the package exports", () => {
    const exported = { ...extend, ...testing, ...sandbox }
    const named = [
      "GatewayPayoutProvider",
      "conformance",
      "payoutConformance",
      "MemoryJournal",
      "FakeGateway",
      "FakeStore",
      "signedMessage",
      "startServer",
      "Faults",
      "CallLog",
      "Ledger",
      "WebhookSender",
      "createGatewayHttp",
      "callSettings",
      "readJson",
      "meaningOf",
      "amountField",
      "gatewayErrors",
      "digestEquals",
      "numberLiteral",
      "commonOptions",
      "paymentProvider",
    ]
    expect(named.filter((name) => !Object.hasOwn(exported, name))).toEqual([])
    expect(named.filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([])
  })
})
