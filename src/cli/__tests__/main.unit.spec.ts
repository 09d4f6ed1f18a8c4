import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { main } from "../main"
import { ownFile, ownFileFrom } from "../own-package"

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

  it("names its own pages as they are found from a shop, also from one in a workspace", () => {
    const workspace = mkdtempSync(join(tmpdir(), "workspace-"))
    try {
      const shop = join(workspace, "apps/backend")
      const page = "docs/gateways/kess.md"
      const installed = join(workspace, "node_modules/medusa-regional-payments/docs/gateways")
      mkdirSync(installed, { recursive: true })
      mkdirSync(shop, { recursive: true })
      expect(existsSync(join(shop, ownFileFrom(shop, page)))).toBe(true)
      writeFileSync(join(installed, "kess.md"), "")
      expect(ownFileFrom(shop, page)).toBe(
        join("../../node_modules/medusa-regional-payments", page)
      )
    } finally {
      rmSync(workspace, { recursive: true })
    }
  })

  it("has the program that tries a payment", () => {
    expect(existsSync(ownFile("docs/try-a-payment.mjs"))).toBe(true)
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
