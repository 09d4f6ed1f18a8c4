import { parseCommandLine } from "../command-line"

describe("parseCommandLine", () => {
  it.each(["eighty", "-1", "65536", "80.5", ""])('refuses "%s" as a port', (port) => {
    expect(() => parseCommandLine(["--port=" + port], {})).toThrow(/A port is a number/)
  })

  it("refuses an option that does not exist", () => {
    expect(() => parseCommandLine(["--prot", "1"], {})).toThrow(/--prot.*There are --port/)
  })

  it("takes the port of the command line before that of the environment", () => {
    expect(parseCommandLine(["--port", "5001"], { PORT: "5002" }).port).toBe(5001)
    expect(parseCommandLine([], { PORT: "5002" }).port).toBe(5002)
    expect(parseCommandLine([], {}).port).toBe(4010)
  })

  it("hands on the webhook address", () => {
    expect(parseCommandLine(["--webhook-url", "http://localhost/hook"], {}).webhookUrl).toBe(
      "http://localhost/hook"
    )
  })
})
