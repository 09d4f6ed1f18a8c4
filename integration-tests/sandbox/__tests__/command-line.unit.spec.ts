import { parseCommandLine } from "../command-line"

const gateways = ["acme", "midas", "zeta"]

function parse(args: readonly string[], env: Record<string, string> = {}) {
  return parseCommandLine(args, env, gateways)
}

describe("parseCommandLine", () => {
  it.each(["eighty", "-1", "65536", "65534", "80.5", ""])('refuses "%s" as a port', (port) => {
    expect(() => parse(["--port=" + port])).toThrow(/A port is a number/)
  })

  it("refuses an option that does not exist", () => {
    expect(() => parse(["--prot", "1"])).toThrow(/--prot.*There are --port/)
  })

  it("takes the port of the command line before that of the environment", () => {
    expect(parse(["--port", "5001"], { PORT: "5002" }).port).toBe(5001)
    expect(parse([], { PORT: "5002" }).port).toBe(5002)
    expect(parse([]).port).toBe(4010)
  })

  it("hands on the webhook address", () => {
    expect(parse(["--webhook-url", "http://localhost/hook"]).webhookUrl).toBe(
      "http://localhost/hook"
    )
  })

  it("starts all gateways, or those that are named, each once", () => {
    expect(parse([]).only).toEqual(gateways)
    expect(parse(["--only", "zeta, ACME,zeta"]).only).toEqual(["acme", "zeta"])
  })

  it.each(["acme,", "nobody", ""])('refuses "%s" as gateways, naming those there are', (only) => {
    expect(() => parse([`--only=${only}`])).toThrow(/There are acme, midas, zeta/)
  })
})
