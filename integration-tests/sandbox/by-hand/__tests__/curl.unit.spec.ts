import { execFileSync } from "node:child_process"
import type { Call } from "../by-hand"
import { curlOf } from "../by-hand"

const url = "http://127.0.0.1:4010"

/** What a shell hands to curl, an argument to a line. */
function argumentsIn(command: string, env: Record<string, string> = {}): string[] {
  const script = `curl() { printf '%s\\n' "$@"; }\n${command}`
  const shell = { encoding: "utf8", env: { PATH: process.env["PATH"], ...env } } as const
  return execFileSync("sh", ["-c", script], shell).trimEnd().split("\n")
}

const json: Call = {
  method: "POST",
  target: "/pay",
  body: { json: `{"name":"O'Hara $HOME \`x\`"}` },
}

const describeWhereThereIsAShell = process.platform === "win32" ? describe.skip : describe

describeWhereThereIsAShell("a command", () => {
  it("hands the very bytes of a body to curl", () => {
    expect(argumentsIn(curlOf(url, json))).toEqual([
      "-s",
      `${url}/pay`,
      "-H",
      "content-type: application/json",
      "--data-raw",
      `{"name":"O'Hara $HOME \`x\`"}`,
    ])
  })

  it("hands a query and the fields of a form over as they are", () => {
    const form = { note: "a b & c 'd'", $x: "1;2" }
    expect(
      argumentsIn(curlOf(url, { method: "POST", target: "/pay?a=1&b=%2F", body: { form } }))
    ).toEqual([
      "-s",
      `${url}/pay?a=1&b=%2F`,
      "--data-urlencode",
      "note=a b & c 'd'",
      "--data-urlencode",
      "$x=1;2",
    ])
  })

  it("posts where there is no body either", () => {
    expect(argumentsIn(curlOf(url, { method: "POST", target: "/pay" }))).toContain("POST")
    expect(argumentsIn(curlOf(url, { method: "GET", target: "/pay" }))).not.toContain("POST")
  })

  it("puts what was kept into a header, and nothing else", () => {
    const headers = { authorization: "Bearer $TOKEN", sign: 'a"b\\c$1`' }
    const command = curlOf(url, { method: "GET", target: "/", headers })
    expect(argumentsIn(command, { TOKEN: "t0" })).toEqual([
      "-s",
      `${url}/`,
      "-H",
      "authorization: Bearer t0",
      "-H",
      'sign: a"b\\c$1`',
    ])
  })

  it("keeps a field of the answer for the commands behind it", () => {
    const keeps = { variable: "TOKEN", field: "token" }
    const answer = { ...json, body: { json: '{"data":{"token":"t0","life":1}}' }, keeps }
    expect(argumentsIn(`${curlOf(url, answer)}\nprintf '%s' "$TOKEN"`)).toEqual(["t0"])
  })
})
