import { randomUUID } from "node:crypto"
import { createRbacRolesWorkflow } from "@medusajs/medusa/core-flows"
import { Admin } from "./support/admin"
import { describePayoutShop, required, walletOwner } from "./support/payout-shop"

jest.setTimeout(300_000)

const path = "/admin/payouts"

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

  it("are all closed to an admin without a role", async () => {
    const nobody = await adminWith()
    for (const list of [
      "providers",
      "providers/po_cashy_cashy/balance",
      "beneficiaries",
      "beneficiaries/poben_1",
      "transfers",
      "transfers/export",
      "transfers/potr_1",
      "transfers/potr_1/events",
      "approvals",
      "totals",
      "imports",
      "imports/poimp_1",
    ]) {
      expect([list, (await nobody.get(`${path}/${list}`)).status]).toEqual([list, 403])
    }
    for (const action of [
      "beneficiaries",
      "beneficiaries/poben_1",
      ...["disable", "decide", "account"].map((verb) => `beneficiaries/poben_1/${verb}`),
      "transfers",
      ...["approve", "reject", "cancel", "submit", "retry", "refresh", "resolve"].map(
        (verb) => `transfers/potr_1/${verb}`
      ),
      "imports",
      "imports/check",
    ]) {
      expect([action, (await nobody.post(`${path}/${action}`, {})).status]).toEqual([action, 403])
    }
  })

  describe("and the payments of gateways there", () => {
    const payments = "/admin/gateway-payments"
    const entry = `${payments}/exceptions/gwexc_1`
    const note = "It was given back by hand"
    const actions = [
      ["take", `${entry}/take`, {}],
      ["take", `${entry}/release`, {}],
      ["refund", `${entry}/refund`, {}],
      ["attach", `${entry}/attach`, { order_id: "order_1" }],
      ["close", `${entry}/close`, { note }],
      ["refund", `${payments}/refunds-elsewhere`, { payment_id: "pay_1", amount: "5.00", note }],
      ["replay", `${payments}/webhooks/gwev_1/replay`, {}],
      ["reconcile", `${payments}/reconciliation/run`, {}],
      ["till", `${payments}/till/sales/gwsale_1/refresh`, {}],
      ["check", `${payments}/orders/order_1/check`, { reference: "R" }],
      ["link", `${payments}/orders/order_1/payment-links`, { provider_id: "pp_mocasa_mocasa" }],
    ] as const
    const lists = [
      "",
      "?q=01J9",
      "totals",
      "money-in",
      "export",
      "gword_1",
      "exceptions",
      "exceptions/export",
      "exceptions/gwexc_1",
      "webhooks",
      "webhooks/gwev_1",
      "reconciliation",
      "reconciliation/runs",
      "orders/order_1",
    ]

    it("are closed to an admin without a role, and to one who may only look", async () => {
      const nobody = await adminWith()
      const reader = await adminWith("gateway_payment:read", "payout_transfer:approve")
      for (const list of lists) {
        expect([list, (await nobody.get(`${payments}/${list}`)).status]).toEqual([list, 403])
        expect([200, 404]).toContain((await reader.get(`${payments}/${list}`)).status)
      }
      await expectForbidden(reader.get(`${entry}/orders`), "gateway_payment:attach")
      for (const [operation, action, body] of actions) {
        await expectForbidden(reader.post(action, body), `gateway_payment:${operation}`)
        expect([action, (await nobody.post(action, body)).status]).toEqual([action, 403])
      }
    })

    it.each(actions)(
      "are open to who may %s by %s, and nothing else is",
      async (own, path, body) => {
        const admin = await adminWith(`gateway_payment:${own}`)
        for (const [operation, action, other] of actions) {
          const { status } = await admin.post(action, operation === own ? other : body)
          expect([action, status === 403]).toEqual([action, operation !== own])
        }
        expect((await admin.post(path, body)).status).not.toBe(403)
        expect((await admin.get(`${payments}/exceptions`)).status).toBe(403)
      }
    )
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
