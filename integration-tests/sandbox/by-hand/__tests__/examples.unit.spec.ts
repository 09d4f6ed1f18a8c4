import { gateways } from ".."
import { bytesOf, contentType, keptOf, type Call } from "../by-hand"
import type { RunningSandbox } from "../by-hand"

/** Makes the calls as a shell does with the printed commands. */
async function run({ url, examples }: RunningSandbox): Promise<string[]> {
  const kept = new Map<string, string>()
  const answers: string[] = []
  for (const call of examples.flatMap(({ calls }) => calls)) {
    const response = await fetch(url + call.target, {
      method: call.method,
      headers: headersOf(call, kept),
      body: call.body && bytesOf(call.body),
    })
    const answer = await response.text()
    expect({ target: call.target, status: response.status, answer }).toMatchObject({ status: 200 })
    answers.push(answer)
    if (call.keeps) {
      kept.set(call.keeps.variable, keptOf(call.keeps, answer) ?? "nothing")
    }
  }
  return answers
}

function headersOf({ headers, body }: Call, kept: ReadonlyMap<string, string>) {
  const known = Object.entries(headers ?? {}).map(([name, value]) => [
    name,
    value.replaceAll(/\$([A-Z]+)/g, (_, variable: string) => kept.get(variable) ?? ""),
  ])
  return Object.fromEntries([...known, ...(body ? [["content-type", contentType(body)]] : [])])
}

describe.each(gateways)("the examples for $name", ({ start }) => {
  it("are all taken, and pay one order", async () => {
    const sandbox = await start({ port: 0, webhookUrl: null })
    try {
      const answers = await run(sandbox)
      const ledger = answers.find((answer) => answer.startsWith("["))
      expect(JSON.parse(ledger ?? "[]")).toEqual([
        expect.objectContaining({ kind: "payment", reference: "ORD1001" }),
      ])
      expect(answers.join("\n")).not.toMatch(/"success":false|"code":(500|"500")/)
    } finally {
      await sandbox.close()
    }
  })
})
