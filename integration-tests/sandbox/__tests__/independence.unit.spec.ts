import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"

const SANDBOX = resolve(__dirname, "..")

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8")
  return [...text.matchAll(/(?:from|import|require)\s*\(?\s*"([^"]+)"/g)].map(
    ([, target = ""]) => target
  )
}

function isOwn(file: string, target: string): boolean {
  if (target.startsWith("node:") || target === "zod") return true
  const path = relative(SANDBOX, resolve(dirname(file), target))
  return target.startsWith(".") && !path.startsWith("..")
}

describe("the sandbox", () => {
  // A sandbox that shared code with the plugin would share its mistakes, and the tests would agree with both.
  it("shares no code with the plugin it tests", () => {
    const files = readdirSync(SANDBOX, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(SANDBOX, name))
    const imports = files.flatMap((file) => importsOf(file).map((target) => ({ file, target })))
    expect(imports.length).toBeGreaterThan(files.length)
    expect(imports.filter(({ file, target }) => !isOwn(file, target))).toEqual([])
  })
})
