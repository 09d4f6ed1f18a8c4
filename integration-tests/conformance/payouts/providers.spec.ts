import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"

const providers = join(__dirname, "../../../src/payout-providers")

it("every provider of payouts has conformance data and a spec", () => {
  const built = readdirSync(providers, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "base")
    .map(({ name }) => name)
  expect(built.length).toBeGreaterThan(0)
  const missing = built
    .flatMap((name) => [`${name}.data.ts`, `${name}.spec.ts`])
    .filter((file) => !existsSync(join(__dirname, file)))
  expect(missing).toEqual([])
})
