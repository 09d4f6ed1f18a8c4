import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { main } from "../main"

const folder = mkdtempSync(join(tmpdir(), "no-shop-"))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(...args: string[]) {
  const printed: string[] = []
  const errors: string[] = []
  const code = await main(args, {
    folder,
    print: async (text) => void printed.push(text),
    printError: async (text) => void errors.push(text),
    agree: async () => false,
  })
  return { code, printed: printed.join("\n"), errors: errors.join("\n") }
}

describe("the command line", () => {
  it.each([
    [["docter"], /There is no command "docter"/],
    [["doctor", "--jsn"], /Unknown option '--jsn'/],
    [["doctor", "--skip", "credential"], /--skip takes some of version, config.*"credential"/],
    [["doctor", "--servers", "0"], /--servers takes a number from 1 on/],
  ])("says what would be right where %j is typed", async (args, message) => {
    const { code, errors } = await run(...args)
    expect(code).toBe(2)
    expect(errors).toMatch(message)
    expect(errors).toContain("npx medusa-regional-payments <command>")
  })

  it("tells its commands and its version", async () => {
    expect(await run()).toMatchObject({ code: 0, printed: expect.stringContaining("doctor") })
    expect(await run("--version")).toMatchObject({
      code: 0,
      printed: expect.stringMatching(/^\d+\./),
    })
  })

  it("says in JSON where it is no shop at all", async () => {
    const { code, printed } = await run("doctor", "--json")
    expect(code).toBe(1)
    expect(JSON.parse(printed)).toMatchObject({
      exit_code: 1,
      diagnostics: expect.arrayContaining([
        expect.objectContaining({
          check: "config",
          severity: "fault",
          message: expect.stringContaining("There is no medusa-config.ts"),
        }),
      ]),
    })
  })
})
