import { readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { root } from "../known"

const { dependencies } = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")))

const rows = readFileSync(join(root, "docs/decisions/dependencies.md"), "utf8").matchAll(
  /^\| (?!package |---)(\S+) \| (.+?) \| (.+) \|$/gm
)
const reasons = new Map([...rows].map(([, name = "", , reason = ""]) => [name, reason]))

it("each runtime dependency has its reason, and nothing else has one", () => {
  expect([...reasons.keys()].sort()).toEqual(Object.keys(dependencies).sort())
  expect([...reasons.values()].filter((reason) => reason.length < 20)).toEqual([])
})
