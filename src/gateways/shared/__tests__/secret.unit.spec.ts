import { format, inspect } from "node:util"
import { Secret } from "../secret"

const MARK = "marked-secret-value"

describe("Secret", () => {
  const secret = Secret.of(MARK)

  it.each([
    ["a template", `${secret}`],
    ["concatenation", "key: " + secret],
    ["String()", String(secret)],
    ["JSON", JSON.stringify({ secret, list: [secret] })],
    ["inspect", inspect({ deep: { secret } }, { depth: null, showHidden: true })],
    ["console's format", format("%s %o %O %j", secret, secret, secret, secret)],
    ["an error made of it", inspect(new Error(`failed with ${secret}`))],
    ["its keys and values", JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret)])],
    ["a copy by spread", inspect({ ...secret })],
    ["a structured clone", inspect(structuredClone(secret))],
  ])("does not show in %s", (_, printed) => {
    expect(printed).not.toContain(MARK)
  })

  it("prints as three stars", () => {
    expect([`${secret}`, inspect(secret), JSON.stringify(secret)]).toEqual(["***", "***", '"***"'])
  })

  it("gives its text to who asks for it by name", () => {
    expect(secret.reveal()).toBe(MARK)
  })
})
