import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { hintKeys } from "../hints"

const providers = path.join(__dirname, "../../../../payout-providers")

it("the hints that have words of the dashboard's are those that providers give", () => {
  const sources = readdirSync(providers, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("provider.ts"))
    .map((file) => readFileSync(path.join(providers, file), "utf8"))
    .join("\n")
  expect(Object.keys(hintKeys).filter((hint) => !sources.includes(`"${hint}"`))).toEqual([])
})
