import { readFileSync } from "node:fs"
import { join } from "node:path"
import { tableInCode } from "../code-table"
import { root } from "../known"
import { paymentOptions } from "../option-tables"

/** What a gateway's page has to tell, by its headings. */
const told = [
  /^Options$/,
  /storefront|shopper sees/,
  /webhook$/i,
  /refunds$/i,
  /^Errors you may meet$/,
  /^Limits$/,
  /words mean$/,
]

describe.each(Object.keys(paymentOptions))("the page of %s", (gateway) => {
  const text = read(`docs/gateways/${gateway}.md`)
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading)

  it("says who pays how, and how it is listed, before its first heading", () => {
    const [beginning = ""] = text.split(/^## /m)
    expect(beginning).toMatch(/\b[Ss]hopper/)
    expect(beginning).toContain(`${gateway}({`)
  })

  it.each(told)("tells what stands under a heading such as %s", (heading) => {
    expect(headings.filter((each) => heading.test(each))).not.toEqual([])
  })

  it("says what is assumed, last of all", () => {
    expect(headings.at(-1)).toBe("What is assumed")
    expect(text.split("## What is assumed")[1]).toMatch(/^- \S/m)
  })
})

describe("what a gateway refuses with", () => {
  it("is told of each code of Paymentz that is no success", () => {
    const { rows } = tableInCode("src/gateways/paymentz/errors.ts", "codes")
    const refusals = rows.map(({ key }) => key).filter((code) => /^1\d{4}$/.test(code))
    expect(refusals.length).toBeGreaterThan(5)
    const page = read("docs/gateways/paymentz.md")
    expect(refusals.filter((code) => !page.includes(`\`${code}\``))).toEqual([])
  })

  it("is told of each beginning of a token of Cashy's", () => {
    const code = read("src/gateways/cashy/errors.ts")
    const tokens = [...code.matchAll(/^ {2}\["(\w+)", "\w+"\]/gm)].map(([, token = ""]) => token)
    expect(tokens.length).toBeGreaterThan(5)
    const page = read("docs/gateways/cashy.md")
    expect(tokens.filter((token) => !page.includes(`\`${token}`))).toEqual([])
  })
})

function read(path: string): string {
  return readFileSync(join(root, path), "utf8")
}
