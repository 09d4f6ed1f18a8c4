import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  addBeneficiary,
  cashyPayouts,
  mocasaPayouts,
  required,
  seller,
  walletOwner,
  type PayoutShop,
} from "../support/payout-shop"
import { suite } from "../support/shop"
import { adminApi, path, type Row } from "./admin-api"

const accountNumber = walletOwner.account.account_number

export const beneficiaries = suite<PayoutShop>("the admin API of payouts", (shop) => {
  const { listed, withApiKey } = adminApi(shop)

  it("tells what can be paid through, what a form has to ask for, and what there is to send", async () => {
    const { providers, count } = required(await shop.admin.get(`${path}/providers`))
    expect(count).toBe(4)
    const cashy = providers.find(({ id }: Row) => id === cashyPayouts)
    expect(cashy).toMatchObject({
      capabilities: {
        currencies: [{ currency_code: "pkr", decimals: 2 }],
        tells_balance: true,
        identity_fields: [],
      },
    })
    expect(cashy.capabilities.account_fields[1]).toMatchObject({
      name: "account_type",
      required: true,
      pattern: "^\\w{1,32}$",
      hint: expect.any(String),
    })
    const { balances } = required(await shop.admin.get(`${path}/providers/${cashyPayouts}/balance`))
    expect(balances).toEqual([{ currency_code: "pkr", available: expect.any(String) }])
    const none = await shop.admin.get(`${path}/providers/${mocasaPayouts}/balance`)
    expect([none.status, none.data.message]).toEqual([400, expect.stringContaining("dashboard")])
    expect((await shop.admin.get(`${path}/providers/po_nobody/balance`)).status).toBe(404)
  })

  describe("beneficiaries", () => {
    it("are linked to the customers that they are, and read from both sides", async () => {
      const payee = await addBeneficiary(shop.admin, walletOwner)
      const other = await addBeneficiary(shop.admin, seller)
      const customers = await shop.container
        .resolve(Modules.CUSTOMER)
        .createCustomers([
          { email: `${payee.id}@shop.example` },
          { email: `${other.id}@x.example` },
        ])
      const ids = customers.map(({ id }) => id)
      const link = async (id: string, customer_id: string | null) =>
        await shop.admin.post(`${path}/beneficiaries/${id}/customer`, { customer_id })
      const table = async () =>
        await shop
          .database("payout_payout_beneficiary_customer_customer")
          .whereNull("deleted_at")
          .select("customer_id", "payout_beneficiary_id")
      expect((await link(payee.id, "cus_nobody")).status).toBe(404)
      expect((await link("poben_nobody", ids[0] ?? "")).status).toBe(404)
      expect(payee.customer_id).toBeNull()
      const linked = required(await link(payee.id, ids[0] ?? "")).beneficiary
      expect(linked).toMatchObject({ customer_id: ids[0], version: 1 })
      required(await link(other.id, ids[0] ?? ""))
      const query = shop.container.resolve(ContainerRegistrationKeys.QUERY)
      const payeesOf = async (id: string | undefined): Promise<string[]> => {
        const fields = ["id", "payout_beneficiaries.id"]
        const { data } = await query.graph({ entity: "customer", fields, filters: { id } })
        const payees: Row[] = [Object(data[0]).payout_beneficiaries ?? []].flat()
        return payees.map((one) => one.id).sort()
      }
      expect(await payeesOf(ids[0])).toEqual([payee.id, other.id].sort())
      // A beneficiary is one customer at most.
      required(await link(other.id, ids[1] ?? ""))
      expect(await payeesOf(ids[0])).toEqual([payee.id])
      required(await link(payee.id, null))
      expect(await table()).toEqual([{ customer_id: ids[1], payout_beneficiary_id: other.id }])
      const linesOf = async (id: string) => {
        const { audit_lines } = required(
          await shop.admin.get(`${path}/beneficiaries/${id}`)
        ).beneficiary
        return audit_lines
          .filter(({ action }: Row) => /^(un)?linked$/.test(String(action)))
          .map(({ action, note }: Row) => [action, note])
      }
      expect(await linesOf(payee.id)).toEqual([
        ["linked", `customer: none, now ${ids[0]}`],
        ["unlinked", `customer: ${ids[0]}, now none`],
      ])
      expect(await linesOf(other.id)).toEqual([
        ["linked", `customer: none, now ${ids[0]}`],
        ["linked", `customer: ${ids[0]}, now ${ids[1]}`],
      ])
    })

    it("are listed by what they are, page by page, and by the fields that are asked for", async () => {
      const first = await addBeneficiary(shop.admin, seller)
      const second = await addBeneficiary(shop.admin, walletOwner)
      const ours = `id[]=${first.id}&id[]=${second.id}`
      expect(await listed(`beneficiaries?${ours}`)).toEqual([second.id, first.id])
      expect(await listed(`beneficiaries?${ours}&order=name`)).toEqual([second.id, first.id])
      expect(await listed(`beneficiaries?id=${first.id}`)).toEqual([first.id])
      for (const filter of [
        `provider_id=${mocasaPayouts}`,
        "kind=business&status[]=active&status[]=pending",
        "q=sari-sari",
        "email=juan@example.com",
        "limit=1&offset=1",
      ]) {
        expect([filter, await listed(`beneficiaries?${ours}&${filter}`)]).toEqual([
          filter,
          [first.id],
        ])
      }
      const { beneficiaries, ...page } = required(
        await shop.admin.get(`${path}/beneficiaries?${ours}&fields=name,account_hint&limit=1`)
      )
      expect(page).toEqual({ count: 2, offset: 0, limit: 1 })
      expect(beneficiaries).toEqual([
        { id: second.id, name: walletOwner.name, account_hint: expect.stringMatching(/4567$/) },
      ])
    })

    it("show their account to a person who asks for it, with an audit line, and nowhere else", async () => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      const one = `${path}/beneficiaries/${id}`
      for (const fields of [
        "*",
        "+encrypted_account",
        "*versions",
        "version.encrypted_account",
        "-id",
      ]) {
        for (const url of [one, `${path}/beneficiaries`]) {
          const { status, data } = await shop.admin.get(
            `${url}?fields=${encodeURIComponent(fields)}`
          )
          expect([fields, status]).toEqual([fields, 200])
          expect(JSON.stringify(data)).not.toMatch(/encrypted|03001234/)
        }
      }
      const shown = await shop.second.post(`${one}/account`, {})
      expect(required(shown)).toEqual({ account: walletOwner.account })
      expect(shown.headers["cache-control"]).toBe("no-store")
      const { beneficiary } = required(await shop.admin.get(one))
      expect(beneficiary.audit_lines.at(-1)).toMatchObject({
        action: "revealed",
        actor: expect.stringMatching(/^user_/),
      })
      const refused = await withApiKey(`${one}/account`)
      expect([refused.status, refused.data.message]).toEqual([
        403,
        expect.stringContaining("log in as an admin"),
      ])
      expect(required(await shop.admin.get(one)).beneficiary.audit_lines).toEqual(
        beneficiary.audit_lines
      )
    })

    it("are refused with the names of what is missing or wrong, and without what was written", async () => {
      const wrong = { ...walletOwner, account: { account_number: accountNumber, iban: "x" } }
      const missing = await shop.admin.post(`${path}/beneficiaries`, wrong)
      expect(missing.status).toBe(400)
      expect(missing.data.message).toMatch(/account_type/)
      expect(missing.data.message).not.toContain(accountNumber)
      const number = { ...walletOwner, account: { account_number: Number(accountNumber) } }
      const typed = await shop.admin.post(`${path}/beneficiaries`, number)
      expect([typed.status, typed.data.message]).toEqual([
        400,
        "This can't be accepted: account.account_number: must be a text",
      ])
    })

    it("are not kept without what their gateway needs, which its fields tell before", async () => {
      const { providers } = required(await shop.admin.get(`${path}/providers`))
      const { capabilities } = providers.find(({ id }: Row) => id === mocasaPayouts)
      expect(capabilities.contact_fields).toContainEqual({
        name: "shop_name",
        title: "Name of the shop",
        required: true,
        pattern: null,
        hint: null,
      })
      const { shop_name: _, ...nameless } = seller
      const { identity: _identity, ...bare } = nameless
      const tables = ["payout_beneficiary", "payout_beneficiary_version"]
      const rows = async () =>
        await Promise.all(
          tables.map(async (table) => await shop.database(table).orderBy("id").pluck("id"))
        )
      const before = await rows()
      for (const [request, missing] of [
        [nameless, ["shop_name"]],
        [{ ...seller, shop_name: "  " }, ["shop_name"]],
        [bare, ["shop_name", "identity.id_type", "identity.id_number"]],
        [{ ...walletOwner, name: "A".repeat(65) }, ["name"]],
        [{ ...walletOwner, phone: "1".repeat(33) }, ["phone"]],
      ] as const) {
        const answer = await shop.admin.post(`${path}/beneficiaries`, request)
        expect([answer.status, answer.data.type]).toEqual([400, "invalid_data"])
        for (const field of missing) {
          expect(answer.data.message).toContain(field)
        }
      }
      expect(await rows()).toEqual(before)
      expect(shop.mocasa.calls.list()).toEqual([])

      const { id, status } = await addBeneficiary(shop.admin, seller)
      const one = `${path}/beneficiaries/${id}`
      for (const change of [
        { shop_name: null },
        { account: {} },
        { account: { account_number: "" } },
      ]) {
        const answer = await shop.admin.post(one, change)
        expect([answer.status, answer.data.message]).toEqual([
          400,
          expect.stringMatching(/shop_name: .*missing|account\.account_number: .*missing|account/),
        ])
      }
      const { beneficiary } = required(await shop.admin.get(one))
      expect(beneficiary).toMatchObject({ status, version: 1, shop_name: seller.shop_name })
    })

    it("are changed by a new version, and disabled once", async () => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      const one = `${path}/beneficiaries/${id}`
      const { beneficiary } = required(await shop.second.post(one, { name: "Ayesha Khan Malik" }))
      expect(beneficiary).toMatchObject({ version: 2, name: "Ayesha Khan Malik" })
      expect((await shop.admin.post(one, {})).status).toBe(400)
      const disabled = required(await shop.admin.post(`${one}/disable`, { reason: "Left us" }))
      expect(disabled.beneficiary).toMatchObject({ status: "disabled", reason: "Left us" })
      const again = await shop.admin.post(one, { name: "Nobody" })
      expect(again.status).toBe(409)
      expect(again.data).toMatchObject({
        type: "conflict",
        message: expect.stringContaining("disabled"),
      })
      const decided = await shop.admin.post(`${one}/decide`, {
        status: "rejected",
        note: "No answer",
      })
      expect(decided.status).toBe(409)
    })
  })

  it("is closed to who is not an admin", async () => {
    for (const closed of ["transfers", "beneficiaries", "imports", "totals", "transfers/export"]) {
      const answer = await shop.api.get(`${path}/${closed}`, { validateStatus: () => true })
      expect([closed, answer.status]).toEqual([closed, 401])
    }
  })
})
