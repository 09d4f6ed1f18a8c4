import { join } from "node:path"
import { z } from "@medusajs/framework/zod"
import type { AdminRoute, DocumentedRoute } from "../../src/api/admin/admin-route"
import * as gatewayPaymentAnswers from "../../src/api/admin/gateway-payments/answers"
import * as orderPaymentAnswers from "../../src/api/admin/gateway-payments/orders/answers"
import * as orderPaymentValidators from "../../src/api/admin/gateway-payments/orders/validators"
import * as paymentAnswers from "../../src/api/admin/gateway-payments/payment-answers"
import { gatewayPaymentRoutes } from "../../src/api/admin/gateway-payments/routes"
import * as gatewayPaymentValidators from "../../src/api/admin/gateway-payments/validators"
import * as tillAnswers from "../../src/api/admin/gateway-payments/till/answers"
import { tillRoutes } from "../../src/api/admin/gateway-payments/till/routes"
import * as tillValidators from "../../src/api/admin/gateway-payments/till/validators"
import * as payoutAnswers from "../../src/api/admin/payouts/answers"
import * as payoutBeneficiaryAnswers from "../../src/api/admin/payouts/beneficiary-answers"
import * as payoutImportAnswers from "../../src/api/admin/payouts/import-answers"
import { payoutRoutes } from "../../src/api/admin/payouts/routes"
import * as payoutValidators from "../../src/api/admin/payouts/validators"
import { storeRoutes } from "../../src/api/store/routes"

export const documentFile = join(__dirname, "../../docs/openapi.json")

type Route = DocumentedRoute & Partial<AdminRoute>

type Json = Record<string, unknown>

export type Operation = {
  operationId: string
  parameters: { in: string; name: string; required: boolean; schema: Json }[]
  requestBody?: { content: Json }
  responses: Record<string, Json>
}

/** As much as the tests read of an OpenAPI document. */
export type OpenApiDocument = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Json>; responses: Record<string, Json> } & Json
}

/**
 * The plugin's own admin and store routes as an OpenAPI 3.1 document, made from the tables of routes and from the
 * schemas that the routes read requests by. What gateways and browsers call (`/hooks`, `/payments`) is not in it:
 * nobody writes a client for these.
 */
export function openApiDocument(version: string): OpenApiDocument & Json {
  const routes: Route[] = [...gatewayPaymentRoutes, ...tillRoutes, ...payoutRoutes, ...storeRoutes]
  const paths: OpenApiDocument["paths"] = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}")
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, path) }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "medusa-regional-payments",
      version,
      description:
        "The routes that the plugin adds to Medusa's Admin and Store API. Written by `npm run openapi` from the schemas " +
        "that the routes themselves use.",
    },
    paths,
    components: {
      schemas: { ...jsonSchemas(bodies, "input"), ...jsonSchemas(answers, "output"), Error: error },
      responses: refusals,
      securitySchemes,
    },
  }
}

function operationOf(route: Route, path: string): Operation & Json {
  const { method, summary, description, query, body, answer, errors = [] } = route
  const { status = 200, otherStatus } = route
  const content = contentOf(answer)
  const [, audience = "", area = ""] = path.split("/")
  return {
    operationId: `${pascalCase(method)}${pascalCase(path)}`,
    summary,
    description,
    tags: [area],
    ...securityOf(audience, area),
    ...(route.policies
      ? { "x-policies": route.policies.map((it) => `${it.resource}:${it.operation}`) }
      : {}),
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
        in: "path",
        name,
        required: true,
        schema: { type: "string" },
      })),
      ...(route.takesIdempotencyKey ? [idempotencyKeyHeader] : []),
      ...(query ? queryParameters(query) : []),
    ],
    ...(body ? { requestBody: bodyOf(body) } : {}),
    responses: {
      [status]: { description: "OK", content },
      ...(otherStatus === undefined
        ? {}
        : { [otherStatus]: { description: "See above", content } }),
      ...Object.fromEntries(
        [400, ...(audience === "admin" ? [401, 403] : []), ...errors, 500].map((code) => [
          code,
          { $ref: `#/components/responses/${code}` },
        ])
      ),
    },
  }
}

function contentOf(answer: DocumentedRoute["answer"]) {
  switch (answer) {
    case "csv":
      return { "text/csv": { schema: { type: "string" } } }
    case "file":
      return { "application/octet-stream": { schema: { type: "string", format: "binary" } } }
    default:
      return { "application/json": { schema: jsonSchema(answer, answers, "output") } }
  }
}

function pascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join("")
}

const securitySchemes = {
  api_token: { type: "http", scheme: "basic", description: "A secret API key as the user." },
  jwt_token: { type: "http", scheme: "bearer" },
  cookie_auth: { type: "apiKey", in: "cookie", name: "connect.sid" },
  publishable_api_key: { type: "apiKey", in: "header", name: "x-publishable-api-key" },
}

function securityOf(audience: string, area: string): Json {
  const login = [{ jwt_token: [] }, { cookie_auth: [] }]
  if (audience === "admin") {
    return { security: [{ api_token: [] }, ...login] }
  }
  const isForCustomers = area === "saved-payment-methods"
  const shop = { publishable_api_key: [] }
  return { security: isForCustomers ? login.map((way) => ({ ...way, ...shop })) : [shop] }
}

const idempotencyKeyHeader = {
  in: "header",
  name: "Idempotency-Key",
  required: false,
  description: "As `idempotency_key` in the body.",
  schema: { type: "string" },
}

/** Those that all of Medusa's lists and details have. */
const medusasParameters: Readonly<Record<string, string>> = {
  fields:
    "Comma-separated fields to be shown; with `+` or `-` before each, added to or left out of what is shown without. " +
    "What is not shown is missing in the answer, whatever its schema says.",
  offset: "How many to skip.",
  limit: "The most to be shown.",
  order: "The field to sort by; `-` before it sorts descending.",
  with_deleted: "Whether rows are shown that were deleted.",
}

function queryParameters(query: z.ZodObject): Operation["parameters"] {
  return Object.entries(query.shape).map(([name, field]) => {
    const { description = medusasParameters[name], ...schema } = jsonSchema(field, [], "input")
    return {
      in: "query",
      name,
      required: false,
      ...(description === undefined ? {} : { description }),
      // As `created_at[$gte]=...`; lists are `state[]=...`.
      ...(JSON.stringify(schema).includes('"object"')
        ? { style: "deepObject", explode: true }
        : {}),
      schema,
    }
  })
}

function bodyOf(body: z.ZodType): { required: boolean; content: Json } {
  return {
    required: !body.safeParse({}).success,
    content: { "application/json": { schema: jsonSchema(body, bodies, "input") } },
  }
}

/** A part of the document that is referred to by a name, which is the code's own. */
type Named = readonly { id: string; schema: z.ZodType }[]

function named(...modules: Record<string, unknown>[]): Named {
  return modules
    .flatMap((module) => Object.entries(module))
    .flatMap(([id, schema]) =>
      schema instanceof z.ZodType && /^[A-Z]/.test(id) && !id.endsWith("Params")
        ? [{ id, schema }]
        : []
    )
}

const bodies = named(
  gatewayPaymentValidators,
  orderPaymentValidators,
  tillValidators,
  payoutValidators
)
const answers = named(
  gatewayPaymentAnswers,
  orderPaymentAnswers,
  paymentAnswers,
  tillAnswers,
  payoutAnswers,
  payoutBeneficiaryAnswers,
  payoutImportAnswers
)

/** A schema, by reference where it, or a part of it, is a named one. */
function jsonSchema(schema: z.ZodType, parts: Named, io: "input" | "output"): Json {
  const self = parts.find((part) => part.schema === schema)
  const id = "unnamed"
  return self ? { $ref: uri(self.id) } : (jsonSchemas([...parts, { id, schema }], io)[id] ?? {})
}

function jsonSchemas(parts: Named, io: "input" | "output"): Record<string, Json> {
  const registry = z.registry<{ id: string }>()
  for (const { id, schema } of parts) {
    registry.add(schema, { id })
  }
  const { schemas } = z.toJSONSchema(registry, { io, unrepresentable: "any", uri })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)]))
}

function uri(id: string): string {
  return `#/components/schemas/${id}`
}

/** Without what only a document of its own has. */
function plain({ $schema: _schema, $id: _id, ...schema }: Json): Json {
  return schema
}

const error = {
  type: "object",
  properties: {
    type: { type: "string", description: "Such as `invalid_data`, `not_found` or `not_allowed`." },
    message: { type: "string" },
    code: { type: "string", description: "Why, where it is one of docs/errors.md." },
    details: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "What the code's words name, such as the transfer's reference.",
    },
  },
  required: ["message"],
}

const refusals = Object.fromEntries(
  Object.entries({
    400: "The request can't be accepted, or the money's state does not allow it",
    401: "Nobody is logged in",
    403: "Who asks has not the policy that this needs, or is a secret API key where a person is needed",
    404: "There is no such thing",
    409: "The state that it is in does not allow it",
    422: "Medusa could not authorize the payment",
    500: "Something failed; it is in the server's log",
  }).map(([code, description]) => [
    code,
    {
      description,
      content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
    },
  ])
)
