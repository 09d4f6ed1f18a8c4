import { execFileSync, spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { parseCommandLine } from "../../../src/cli/command-line"
import { sandboxProgram } from "../../../src/cli/sandbox"

const source = join(__dirname, "..")

describe("the package of stand-ins", () => {
  beforeAll(() => {
    execFileSync(process.execPath, [join(source, "build.mjs")], { stdio: "pipe" })
  })

  it("starts all five as a program, prints how they are used, and ends with a signal", async () => {
    const program = spawn(process.execPath, [join(source, "dist/start.js"), "--port", "0"])
    let printed = ""
    const exited = new Promise<number | null>((resolve) => program.on("exit", resolve))
    await new Promise<void>((resolve) => {
      program.stdout.on("data", (chunk) => {
        printed += String(chunk)
        if (printed.includes("Ctrl-C")) {
          resolve()
        }
      })
      void exited.then(() => resolve())
    })
    const [address = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? []
    const ledger = await fetch(`${address}/_sandbox/ledger`)
    program.kill("SIGTERM")
    expect(ledger.status).toBe(200)
    expect(printed.match(/ sandbox {3}http:/g)).toHaveLength(5)
    expect(await exited).toBe(0)
  })

  it("gives a test each of them, with typings, and asks for zod alone", () => {
    const load = createRequire(join(source, "package.json"))
    const started = Object.keys(load("./dist/index.js")).filter((name) => name.endsWith("Sandbox"))
    expect(started.sort()).toEqual([
      "startCashySandbox",
      "startKessSandbox",
      "startMocasaSandbox",
      "startMocopaySandbox",
      "startPaymentzSandbox",
    ])
    const { types, dependencies } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"))
    expect(existsSync(join(source, types))).toBe(true)
    expect(Object.keys(dependencies)).toEqual(["zod"])
    const wanted = [
      ...readFileSync(join(source, "dist/index.js"), "utf8").matchAll(/require\("([^"]+)"\)/g),
    ]
    expect(new Set(wanted.map(([, name = ""]) => name.replace(/^node:.*/, "node")))).toEqual(
      new Set(["node", "zod"])
    )
  })

  it("is what the command `sandbox` starts, with what stands behind it", () => {
    expect(parseCommandLine(["sandbox", "--only", "kess"])).toEqual({
      name: "sandbox",
      args: ["--only", "kess"],
    })
    expect(sandboxProgram(source)).toBe(join(source, "dist/start.js"))
  })
})
