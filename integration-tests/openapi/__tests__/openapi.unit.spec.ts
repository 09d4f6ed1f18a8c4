import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import Ajv from "ajv/dist/2020"
import { version } from "../../../package.json"
import { checkAnswer } from "../check-answer"
import { documentFile, openApiDocument, type Operation } from "../document"

const api = join(__dirname, "../../../src/api")

const document = openApiDocument(version)

const operations: { method: string; path: string; operation: Operation }[] = Object.entries(
  document.paths
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation }))
)

/** Every handler of a route of the plugin's own, by its method and its path. */
const handlers = ["admin", "store"].flatMap((audience) =>
  readdirSync(join(api, audience), { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|[\\/])route\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(api, audience, file), "utf8")
      const folders = dirname(file)
        .split(/[\\/]/)
        .map((folder) => folder.replace(/^\[(.+)\]$/, "{$1}"))
      const exported = /^export (?:async function|const) (GET|POST|PUT|PATCH|DELETE)\b/gm
      return [...text.matchAll(exported)].map(
        ([, method]) => `${String(method).toLowerCase()} ${["", audience, ...folders].join("/")}`
      )
    })
)

describe("docs/openapi.json", () => {
  it("is what the routes are now; npm run openapi writes it", () => {
    const written: unknown = JSON.parse(readFileSync(documentFile, "utf8"))
    expect(written).toEqual(JSON.parse(JSON.stringify(document)))
  })

  it("tells every handler of an admin or store route, and no other", () => {
    const told = operations.map(({ method, path }) => `${method} ${path}`)
    expect(told.sort()).toEqual(handlers.sort())
    expect(handlers.length).toBeGreaterThan(40)
  })

  it.each(operations)(
    "names what is in the path and what can come of it: $method $path",
    ({ path, operation }) => {
      const inPath = operation.parameters.filter((parameter) => parameter.in === "path")
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
      const codes = Object.keys(operation.responses)
      expect(codes.some((code) => code.startsWith("2"))).toBe(true)
      expect(codes).toEqual(expect.arrayContaining(["400", "500"]))
      if (path.startsWith("/admin/")) {
        expect(codes).toEqual(expect.arrayContaining(["401", "403"]))
      }
    }
  )

  it("has operation ids of its own, and refers to nothing that is not there", () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const { schemas, responses } = document.components
    const known = [
      ...Object.keys(schemas).map((name) => `#/components/schemas/${name}`),
      ...Object.keys(responses).map((name) => `#/components/responses/${name}`),
    ]
    const refs = JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)
    const used = new Set([...refs].map(([, ref]) => String(ref)))
    expect([...used].filter((ref) => !known.includes(ref))).toEqual([])
    expect(known.filter((ref) => !used.has(ref))).toEqual([])
  })

  it("has schemas that can be compiled", () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true })
    ajv.addVocabulary(["components"])
    ajv.addFormat("date-time", true).addFormat("email", true)
    ajv.addSchema({ $id: "document", components: document.components })
    for (const name of Object.keys(document.components.schemas)) {
      expect(ajv.getSchema(`document#/components/schemas/${name}`)).toBeDefined()
    }
  })
})

describe("an answer that is compared with the document", () => {
  const total = { status: "failed", currency_code: "php", count: 1, amount: "1.00", fees: "0" }
  const answer = (status: number, data: unknown) =>
    checkAnswer("get", "/admin/payouts/totals?status=failed", { status, data })

  it("passes where it is as the document tells", () => {
    expect(() => answer(200, { totals: [total], by_provider: [] })).not.toThrow()
    expect(() => answer(403, {})).not.toThrow()
  })

  it("is refused where it tells less, more or something else, or has another status", () => {
    expect(() =>
      answer(200, { by_provider: [], totals: [{ ...total, amount: undefined }] })
    ).toThrow("amount")
    expect(() => answer(200, { by_provider: [], totals: [{ ...total, seal: "x" }] })).toThrow(
      "additional"
    )
    expect(() => answer(200, { by_provider: [], totals: [{ ...total, status: "lost" }] })).toThrow(
      "status"
    )
    expect(() => answer(418, {})).toThrow("HTTP 418")
  })
})
