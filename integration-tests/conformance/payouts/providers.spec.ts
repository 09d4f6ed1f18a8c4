import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"

const providers = join(__dirname, "../../../src/payout-providers")

/** Nobody is called by these: what they make of transfers is tried beside them and in the payout module. */
const withoutGateway = ["bank-file"]

it("every provider of payouts has conformance data and a spec", () => {
  const built = readdirSync(providers, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "base")
    .map(({ name }) => name)
    .filter((name) => !withoutGateway.includes(name))
  expect(built.length).toBeGreaterThan(0)
  const missing = built
    .flatMap((name) => [`${name}.data.ts`, `${name}.spec.ts`])
    .filter((file) => !existsSync(join(__dirname, file)))
  expect(missing).toEqual([])
})
