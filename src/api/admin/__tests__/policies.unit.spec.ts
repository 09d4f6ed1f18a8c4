import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { MiddlewareRoute } from "@medusajs/framework/http"
import middlewares from "../../middlewares"
import { gatewayPaymentPolicies } from "../../../policies/gateway-payment"
import { payoutPolicies } from "../../../policies/payout"

// Reads the shop's config, which there is none of here.
jest.mock("../../webhook/webhook-routes", () => ({ hookRoutes: () => [] }))

const api = join(__dirname, "..", "..")

/** Every handler of an admin route of ours, by its method and its path. */
const handlers = readdirSync(join(api, "admin"), { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|[\\/])route\.tsx?$/.test(file))
  .flatMap((file) => {
    const text = readFileSync(join(api, "admin", file), "utf8")
    const folders = dirname(file)
      .split(/[\\/]/)
      .map((folder) => folder.replace(/^\[(.+)\]$/, ":$1"))
    const exported = /^export (?:async function|function|const) (GET|POST|PUT|PATCH|DELETE)\b/gm
    return [...text.matchAll(exported)].map(([, method]) => ({
      method: String(method),
      path: ["", "admin", ...folders].join("/"),
    }))
  })

const routes: readonly MiddlewareRoute[] = middlewares.routes ?? []

function policiesOf(method: string, path: string) {
  return routes
    .filter((route) => route.matcher === path)
    .filter((route) => [route.method ?? route.methods ?? []].flat().some((own) => own === method))
    .flatMap(({ policies }) => policies ?? [])
}

describe("the admin routes of the plugin", () => {
  it("are found, those that move money among them", () => {
    const found = handlers.map(({ method, path }) => `${method} ${path}`)
    expect(found).toEqual(
      expect.arrayContaining([
        "POST /admin/gateway-payments/exceptions/:id/refund",
        "POST /admin/payouts/transfers/:id/approve",
      ])
    )
    expect(found.length).toBeGreaterThan(35)
  })

  it.each(handlers)(
    "ask for a policy that roles can be given: $method $path",
    ({ method, path }) => {
      const asked = policiesOf(method, path).flatMap((policy) => policy)
      expect(asked.length).toBeGreaterThan(0)
      const known = [payoutPolicies, gatewayPaymentPolicies]
        .flatMap(({ policies }) => policies)
        .map(({ resource, operation }) => `${resource}:${operation}`)
      for (const { resource, operation } of asked) {
        expect(known).toContain(`${String(resource)}:${String(operation)}`)
      }
    }
  )

  it("ask for more than reading where they change something", () => {
    const reading = handlers
      .filter(({ method }) => method !== "GET")
      .filter(({ method, path }) =>
        policiesOf(method, path).every(({ operation }) => operation === "read")
      )
    expect(reading).toEqual([])
  })
})
