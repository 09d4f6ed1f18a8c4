import { randomUUID } from "node:crypto"
import { createRbacRolesWorkflow } from "@medusajs/medusa/core-flows"
import type { AdminRoute } from "../../src/api/admin/admin-route"
import { gatewayPaymentRoutes } from "../../src/api/admin/gateway-payments/routes"
import { tillRoutes } from "../../src/api/admin/gateway-payments/till/routes"
import { payoutRoutes } from "../../src/api/admin/payouts/routes"
import { Admin } from "./support/admin"
import { describePayoutShop, required, walletOwner } from "./support/payout-shop"

const path = "/admin/payouts"

/** All admin routes of the plugin: that none is missing in these tables is held by a unit test. */
const routes: readonly AdminRoute[] = [...gatewayPaymentRoutes, ...tillRoutes, ...payoutRoutes]

/** What roles are made of, as the routes ask for it. */
const keys = [...new Set(routes.map(keyOf))].sort()

// Read when Medusa boots.
process.env.MEDUSA_FF_RBAC = "true"

afterAll(() => {
  delete process.env.MEDUSA_FF_RBAC
})

describePayoutShop("payouts in a shop with role-based access control", (shop) => {
  it("have policies of their own, which roles are made of", async () => {
    const policies = await shop
      .database("rbac_policy")
      .whereLike("resource", "payout_%")
      .orderBy(["resource", "operation"])
    expect(policies.map(({ key }) => key)).toEqual([
      "payout_beneficiary:create",
      "payout_beneficiary:read",
      "payout_beneficiary:reveal",
      "payout_beneficiary:update",
      "payout_transfer:approve",
      "payout_transfer:create",
      "payout_transfer:read",
      "payout_transfer:update",
    ])
  })

  it("are open to who may, and closed with the policy's name to who may not", async () => {
    const maker = await adminWith(
      "payout_beneficiary:create",
      "payout_transfer:create",
      "payout_transfer:read"
    )
    const approver = await adminWith("payout_transfer:read", "payout_transfer:approve")
    const made = required(await maker.post(`${path}/beneficiaries`, walletOwner))
    const beneficiary = `${path}/beneficiaries/${made.beneficiary.id}`
    const request = {
      beneficiary_id: made.beneficiary.id,
      amount: "10.50",
      currency_code: "pkr",
      purpose: "May",
    }
    const { transfer } = required(await maker.post(`${path}/transfers`, request))
    const one = `${path}/transfers/${transfer.id}`

    await expectForbidden(maker.get(beneficiary), "payout_beneficiary:read")
    await expectForbidden(maker.post(beneficiary, { name: "X" }), "payout_beneficiary:update")
    await expectForbidden(maker.post(`${beneficiary}/account`, {}), "payout_beneficiary:reveal")
    await expectForbidden(maker.post(`${one}/approve`, {}), "payout_transfer:approve")
    await expectForbidden(maker.post(`${one}/cancel`, {}), "payout_transfer:update")
    await expectForbidden(maker.post(`${one}/submit`, {}), "payout_transfer:update")
    await expectForbidden(approver.post(`${path}/transfers`, request), "payout_transfer:create")
    await expectForbidden(approver.post(`${path}/imports`, { csv: "" }), "payout_transfer:create")

    required(await approver.get(one))
    required(await approver.get(`${path}/transfers/export`))
    required(await approver.post(`${one}/approve`, {}))
  })

  it("have policies that each belong to a route, as the payments of gateways do", async () => {
    const policies: { key: string }[] = await shop
      .database("rbac_policy")
      .whereLike("resource", "payout_%")
      .orWhere({ resource: "gateway_payment" })
    expect(policies.map(({ key }) => key).sort()).toEqual(keys)
  })

  it("are closed to an admin without a role, every route of them and of the payments of gateways", async () => {
    const nobody = await adminWith()
    for (const route of routes) {
      expect([nameOf(route), (await ask(nobody, route)).status]).toEqual([nameOf(route), 403])
    }
  })

  it.each(keys)(
    "and the payments of gateways need %s for what asks for it, and nothing else",
    async (key) => {
      const [only, allBut] = [
        await adminWith(key),
        await adminWith(...keys.filter((other) => other !== key)),
      ]
      for (const route of routes.filter((one) => keyOf(one) === key)) {
        expect([nameOf(route), (await ask(only, route)).status]).not.toEqual([nameOf(route), 403])
        await expectForbidden(ask(allBut, route), key)
      }
    }
  )

  it("can be looked at by who may only look, and nothing can be done then", async () => {
    const reader = await adminWith(...keys.filter((key) => key.endsWith(":read")))
    for (const route of routes) {
      const { status } = await ask(reader, route)
      const isReading = keyOf(route).endsWith(":read")
      expect([nameOf(route), status === 403]).toEqual([nameOf(route), !isReading])
      expect([nameOf(route), isReading && route.method !== "GET"]).toEqual([nameOf(route), false])
    }
  })

  async function adminWith(...keys: string[]): Promise<Admin> {
    const policies = await shop.database("rbac_policy").whereIn("key", keys)
    expect(policies).toHaveLength(keys.length)
    const name = `Role ${randomUUID()}`
    const { result } = await createRbacRolesWorkflow(shop.container).run({
      input: { roles: [{ name, policy_ids: policies.map(({ id }) => id) }] },
    })
    const roles = keys.length > 0 ? [result[0]!.id] : []
    return await Admin.logIn(shop.api, shop.container, roles)
  }

  async function expectForbidden(asked: ReturnType<Admin["get"]>, policy: string): Promise<void> {
    const { status, data } = await asked
    expect({ status, ...data }).toMatchObject({
      status: 403,
      message: expect.stringContaining(policy),
    })
  }
})

/** Of things that do not exist, and with nothing in the body: what is allowed is not found, or asks for more. */
async function ask(admin: Admin, { method, path }: AdminRoute) {
  const address = path.replaceAll(/:\w+/g, "none_1")
  return method === "GET" ? await admin.get(address) : await admin.post(address, {})
}

function nameOf({ method, path }: AdminRoute): string {
  return `${method} ${path}`
}

function keyOf({ policies: [{ resource, operation }] }: AdminRoute): string {
  return `${resource}:${operation}`
}
