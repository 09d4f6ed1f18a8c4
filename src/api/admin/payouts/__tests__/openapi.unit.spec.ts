import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"
import { parse } from "yaml"
import { z } from "zod"
import { transferStates } from "../../../../modules/payout/transfer-state"
import { beneficiaryFields } from "../beneficiaries/query-config"
import { importFields } from "../imports/query-config"
import { transferFilters } from "../transfers/filters"
import { transferFields } from "../transfers/query-config"
import { AdminCreatePayoutTransfer } from "../transfers/validators"

const payouts = join(__dirname, "..")

/** What Medusa's own OpenAPI documents bring along. */
const medusasResponses = [
  "400_error",
  "unauthorized",
  "not_found_error",
  "invalid_state_error",
  "500_error",
]

const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  parameters: z.array(z.object({ in: z.string(), name: z.string() })).optional(),
  responses: z.record(z.string(), z.unknown()),
})

const schema = z.object({ properties: z.record(z.string(), z.record(z.string(), z.unknown())) })

const sources = readdirSync(payouts, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.includes("__tests__"))
  .map((file) => ({ file, text: readFileSync(join(payouts, file), "utf8") }))

const comments = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/\/\*\*\n \* @(oas|schema) (.+)\n((?: \*.*\n)*?) \*\/\n(.*)/g)].map(
    ([, kind, name, body, next]) => ({
      kind,
      name: String(name),
      file,
      next,
      content: parse(String(body).replaceAll(/^ \* ?/gm, "")) as unknown,
    })
  )
)

const schemas = new Map(
  comments.filter(({ kind }) => kind === "schema").map(({ name, content }) => [name, content])
)

const propertiesOf = (name: string) => Object.keys(schema.parse(schemas.get(name)).properties)

describe("the OpenAPI comments of the payout routes", () => {
  it("stand above each handler, with its method and path, and name what is in the path", () => {
    const handlers = sources
      .filter(({ file }) => file.endsWith(`route.ts`))
      .flatMap(({ file, text }) =>
        [...text.matchAll(/^export async function (GET|POST)/gm)].map(([, verb]) => {
          const folder = relative(payouts, dirname(join(payouts, file)))
            .split(sep)
            .join("/")
          return `[${String(verb).toLowerCase()}] /admin/payouts/${folder.replaceAll(/\[(\w+)\]/g, "{$1}")}`
        })
      )
    const told = comments.filter(({ kind }) => kind === "oas")
    expect(told.map(({ name }) => name).sort()).toEqual(handlers.sort())
    expect(handlers).toHaveLength(27)
    for (const { name, next, content } of told) {
      const { parameters = [], responses } = operation.parse(content)
      expect(next).toContain(`function ${name.slice(1, name.indexOf("]")).toUpperCase()}`)
      const inPath = parameters.filter((parameter) => parameter.in === "path")
      expect([name, inPath.map((parameter) => `{${parameter.name}}`)]).toEqual([
        name,
        name.match(/\{\w+\}/g) ?? [],
      ])
      expect([name, Object.keys(responses)]).toEqual([
        name,
        expect.arrayContaining(["200", "401", "500"]),
      ])
    }
  })

  it("have operation ids of their own, and refer to nothing that is not there", () => {
    const operations = comments.filter(({ kind }) => kind === "oas")
    const ids = operations.map(({ content }) => operation.parse(content).operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const refs = JSON.stringify(comments.map(({ content }) => content)).matchAll(
      /"\$ref":"([^"]+)"/g
    )
    const known = [
      ...[...schemas.keys()].map((name) => `#/components/schemas/${name}`),
      ...medusasResponses.map((name) => `#/components/responses/${name}`),
    ]
    const used = [...refs].map(([, ref]) => ref)
    expect(used.filter((ref) => !known.includes(String(ref)))).toEqual([])
    expect(known.filter((ref) => !used.includes(ref))).toEqual([])
  })

  it("tell the fields, filters and states that there are", () => {
    expect(propertiesOf("PayoutTransfer")).toEqual([...transferFields, "beneficiary"])
    expect(propertiesOf("PayoutBeneficiary")).toEqual(beneficiaryFields)
    expect(propertiesOf("PayoutImport")).toEqual(importFields)
    expect(propertiesOf("AdminPayoutTransferFilters")).toEqual(Object.keys(transferFilters))
    expect(propertiesOf("AdminCreatePayoutTransfer")).toEqual(
      Object.keys(AdminCreatePayoutTransfer.shape)
    )
    const { properties } = schema.parse(schemas.get("PayoutTransfer"))
    expect(properties.status).toEqual({ type: "string", enum: transferStates })
  })
})
