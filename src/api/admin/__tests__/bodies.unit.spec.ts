import { z } from "@medusajs/framework/zod"
import { gatewayPaymentRoutes } from "../gateway-payments/routes"
import { tillRoutes } from "../gateway-payments/till/routes"
import { payoutRoutes } from "../payouts/routes"

const bodies = [...gatewayPaymentRoutes, ...tillRoutes, ...payoutRoutes].flatMap(
  ({ method, path, body }) => (body ? [{ name: `${method} ${path}`, body }] : [])
)

/** Fields that hold what a caller keeps for themselves, or what a provider asks for by names of its own. */
const open = ["metadata", "account", "identity"]

/** What only the server writes: who did it, what became of it, what proves it. */
const serversOwn =
  /^(?:actor|id|reference|state|status|(?:created|approved|edited|changed|settled|resolved|taken|opened)_(?:by|at)|.*(?:signature|fingerprint|encrypted|digest).*|customer_id|session_id|payment_collection_id|version)$/

type JsonSchema = {
  properties?: Record<string, JsonSchema>
  additionalProperties?: unknown
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
}

function jsonSchemaOf(body: z.ZodType): JsonSchema {
  const text: JsonSchema = JSON.parse(
    JSON.stringify(z.toJSONSchema(body, { unrepresentable: "any" }))
  )
  return text
}

/** Each field of a schema with the path to it. */
function fieldsOf(schema: JsonSchema, path = ""): { path: string; schema: JsonSchema }[] {
  const { properties = {}, items, anyOf = [], oneOf = [], allOf = [] } = schema
  return [
    { path, schema },
    ...Object.entries(properties).flatMap(([name, field]) =>
      fieldsOf(field, path === "" ? name : `${path}.${name}`)
    ),
    ...[items ?? [], anyOf, oneOf, allOf].flat().flatMap((part) => fieldsOf(part, path)),
  ]
}

describe("the bodies of admin routes", () => {
  it("are found, those that move money among them", () => {
    expect(bodies.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "POST /admin/gateway-payments/exceptions/:id/attach",
        "POST /admin/payouts/transfers",
      ])
    )
  })

  it.each(bodies)("take nothing that is not listed: $name", ({ body }) => {
    const schema = jsonSchemaOf(body)
    const taking = fieldsOf(schema)
      .filter(({ schema }) => (schema.additionalProperties ?? false) !== false)
      .map(({ path }) => path.split(".").at(-1))
    expect(taking.filter((name) => !open.includes(name ?? ""))).toEqual([])
  })

  it.each(bodies)("can't say who acted, or what became of it: $name", ({ name, body }) => {
    const schema = jsonSchemaOf(body)
    const named = fieldsOf(schema).map(({ path }) => path)
    expect([...new Set(named.filter((field) => serversOwn.test(field)))]).toEqual(
      allowed[name] ?? []
    )
  })
})

/** Where the field is what the route is for. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "POST /admin/gateway-payments/orders/:id/check": ["reference"],
  "POST /admin/payouts/beneficiaries/:id/customer": ["customer_id"],
  "POST /admin/payouts/beneficiaries/:id/decide": ["status"],
}
