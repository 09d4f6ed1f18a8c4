import { Modules } from "@medusajs/framework/utils"
import { Admin } from "../support/admin"
import {
  addBeneficiary,
  makeTransfer,
  mocasaPayouts,
  required,
  seller,
  walletOwner,
  type PayoutShop,
} from "../support/payout-shop"
import { suite } from "../support/shop"
import { adminApi, path } from "./admin-api"

export const transfers = suite<PayoutShop>("the admin API of payouts", (shop) => {
  const { listed, exportOf, withApiKey, withToken } = adminApi(shop)

  describe("transfers", () => {
    it("are made once for an idempotency key, in the header or the body", async () => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      const request = { beneficiary_id: id, amount: "10.50", currency_code: "PKR", purpose: "May" }
      const key = { "Idempotency-Key": "may-1" }
      const made = required(await shop.admin.post(`${path}/transfers`, request, key))
      expect(made).toMatchObject({
        is_new: true,
        transfer: {
          status: "awaiting_approval",
          amount: 10.5,
          raw_amount: { value: "10.50" },
          currency_code: "pkr",
          idempotency_key: "may-1",
          beneficiary: { id, name: walletOwner.name, version: 1 },
          audit_lines: [],
        },
      })
      const body = { ...request, amount: "10.5", idempotency_key: "may-1" }
      const again = required(await shop.second.post(`${path}/transfers`, body))
      expect(again).toMatchObject({ is_new: false, transfer: { id: made.transfer.id } })
      const other = await shop.admin.post(`${path}/transfers`, { ...request, amount: "11" }, key)
      expect(other.status).toBe(409)
      expect(other.data.message).toContain("may-1 was used for another transfer")
      const both = await shop.admin.post(
        `${path}/transfers`,
        { ...body, idempotency_key: "x" },
        key
      )
      expect([both.status, both.data.message]).toEqual([400, expect.stringContaining("differ")])
    })

    it.each([
      [{ amount: 10.5 }, "amount: must be a text"],
      [{ amount: "1,500.00" }, "amount: must be plain digits"],
      [{ amount: "10.505" }, "too many decimal places"],
      [{ currency_code: "eur" }, "can't send eur"],
      [{ beneficiary_id: "poben_none" }, "poben_none"],
      [{ purpose: "=1+1" }, "purpose: must not begin with"],
      [{ status: "approved" }, "status"],
    ])("are refused with %j", async (change, words) => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      const request = { beneficiary_id: id, amount: "10.50", currency_code: "PKR", purpose: "May" }
      const refused = await shop.admin.post(`${path}/transfers`, { ...request, ...change })
      expect([400, 404]).toContain(refused.status)
      expect(refused.data.message).toContain(words)
      expect(await listed(`transfers?beneficiary_id=${id}`)).toEqual([])
    })

    it("are listed, added up and exported by the same filters", async () => {
      const person = await addBeneficiary(shop.admin, walletOwner)
      const company = await addBeneficiary(shop.admin, { ...seller, name: "=Dela Cruz" })
      const started = new Date().toISOString()
      const first = await makeTransfer(shop.admin, person.id, {
        amount: "0.10",
        currency_code: "pkr",
        purpose: "Commission, May",
      })
      const second = await makeTransfer(shop.admin, person.id, {
        amount: "0.20",
        currency_code: "pkr",
      })
      const third = await makeTransfer(shop.second, company.id, {
        amount: "123456789012.34",
        currency_code: "php",
      })
      required(await shop.admin.post(`${path}/transfers/${second.id}/reject`, { reason: "Wrong" }))
      const all = [third.id, second.id, first.id]
      const ours = `beneficiary_id[]=${person.id}&beneficiary_id[]=${company.id}`
      const filters: [string, string[]][] = [
        ["", all],
        [`reference=${first.reference}`, [first.id]],
        [`q=${first.reference.toLowerCase()}`, [first.id]],
        ["q=may+commission,", [first.id]],
        ["status=rejected", [second.id]],
        ["amount[$gt]=0.10&amount[$lte]=0.20", [second.id]],
        [`approved_at[$gte]=${started}`, []],
        ["status[]=rejected&status[]=awaiting_approval&currency_code=PKR", [second.id, first.id]],
        [`provider_id[]=${mocasaPayouts}`, [third.id]],
        [`created_at[$gte]=${started}`, all],
        [`created_at[$lt]=${started}`, []],
        [`id[]=${first.id}&id[]=${third.id}`, [third.id, first.id]],
      ]
      const scoped = filters.map(([filter, ids]): [string, string[]] => [`${ours}&${filter}`, ids])
      for (const [filter, expected] of [
        ...scoped,
        [`beneficiary_id=${company.id}`, [third.id]] as const,
      ]) {
        expect([filter, await listed(`transfers?${filter}`)]).toEqual([filter, expected])
        const exported = (await exportOf(filter)).map(({ id }) => id)
        expect([filter, exported]).toEqual([filter, [...expected].reverse()])
        const { totals } = required(await shop.admin.get(`${path}/totals?${filter}`))
        const counted = totals.reduce((sum: number, { count }: { count: number }) => sum + count, 0)
        expect([filter, counted]).toEqual([filter, expected.length])
      }
      const fees = "0"
      const sums = required(await shop.admin.get(`${path}/totals?${ours}`))
      const totals = [
        { status: "awaiting_approval", currency_code: "php", count: 1, amount: "123456789012.34" },
        { status: "awaiting_approval", currency_code: "pkr", count: 1, amount: "0.10" },
        { status: "rejected", currency_code: "pkr", count: 1, amount: "0.20" },
      ].map((total) => ({ ...total, fees }))
      expect(sums.totals).toEqual(totals)
      expect(sums.by_provider).toEqual(
        expect.arrayContaining(
          totals.map((total, nth) => ({
            ...total,
            provider_id: nth === 0 ? mocasaPayouts : first.provider_id,
          }))
        )
      )
      expect(await exportOf(`id=${third.id}`)).toMatchObject([
        {
          amount: "123456789012.34",
          currency_code: "php",
          beneficiary_name: "'=Dela Cruz",
          gateway_fee: "",
        },
      ])
      for (const list of ["transfers", "totals", "transfers/export", "approvals"]) {
        expect((await shop.admin.get(`${path}/${list}?status=lost`)).status).toBe(400)
        expect((await shop.admin.get(`${path}/${list}?created_at[$gte]=x`)).status).toBe(400)
      }
      expect((await shop.admin.get(`${path}/transfers?order=approval_signature`)).status).toBe(400)
    })

    it("are shown by the fields that are asked for, never by their signatures", async () => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      const made = await makeTransfer(shop.admin, id, { amount: "5", currency_code: "pkr" })
      const one = `${path}/transfers/${made.id}`
      expect(required(await shop.admin.get(`${one}?fields=status`)).transfer).toEqual({
        id: made.id,
        status: "awaiting_approval",
        approvals: { needed: 1, given: [] },
        audit_lines: [],
      })
      const all = required(
        await shop.admin.get(`${one}?fields=*,+approval_signature,%2Brequest_fingerprint`)
      )
      expect(JSON.stringify(all)).not.toMatch(/signature|fingerprint|lease/)
      expect((await shop.admin.get(`${path}/transfers/potr_none`)).status).toBe(404)
      expect((await shop.admin.get(`${path}/transfers/potr_none/events`)).status).toBe(404)
    })

    it("wait for a second person, who is told that they may, while the first is told why not", async () => {
      const beneficiary = await addBeneficiary(shop.admin, walletOwner)
      const made = await makeTransfer(shop.admin, beneficiary.id, {
        amount: "20.00",
        currency_code: "pkr",
      })
      const one = `${path}/transfers/${made.id}`
      const { approvals, count } = required(await shop.admin.get(`${path}/approvals?id=${made.id}`))
      expect(count).toBe(1)
      expect(approvals).toMatchObject([
        {
          transfer: { id: made.id, beneficiary: { name: walletOwner.name } },
          account: { account_number: "••••4567", account_type: "1", bank_code: "12" },
          may_approve: false,
          why_not: expect.stringContaining("a second person has to approve it"),
          why_not_code: "made_it",
          same_as: null,
        },
      ])
      const alone = await shop.admin.post(`${one}/approve`, {})
      expect([alone.status, alone.data.message]).toEqual([400, approvals[0].why_not])
      const key = await withApiKey(`${one}/approve`)
      expect(key.status).toBe(403)

      const second = required(await shop.second.get(`${path}/approvals?id=${made.id}`)).approvals
      expect(second).toMatchObject([{ may_approve: true, why_not: null, why_not_code: null }])
      const before = await waitingFor(shop.second)
      const first = await waitingFor(shop.admin)
      const approved = required(await shop.second.post(`${one}/approve`, { note: "Checked" }))
      expect(approved.transfer).toMatchObject({
        id: made.id,
        approved_by: expect.stringMatching(/^user_/),
      })
      expect(required(await shop.second.get(`${path}/approvals?id=${made.id}`)).count).toBe(0)
      expect(await waitingFor(shop.second)).toBe(before - 1)
      expect(await waitingFor(shop.admin)).toBe(first)
      const { events } = required(await shop.admin.get(`${one}/events`))
      expect(events.slice(0, 2)).toMatchObject([
        { position: 1, from_status: null, to_status: "awaiting_approval" },
        {
          position: 2,
          to_status: "approved",
          reason: "Checked",
          actor_name: approved.transfer.approved_by_name,
        },
      ])
      expect(approved.transfer.approved_by_name).toContain("@")
      const page = required(await shop.admin.get(`${one}/events?limit=1&offset=1`))
      expect(page).toMatchObject({ offset: 1, limit: 1, events: [{ position: 2 }] })
      expect(page.count).toBeGreaterThanOrEqual(2)
      expect(page.events).toHaveLength(1)
      const last = required(await shop.admin.get(`${one}/events?order=-position&fields=position`))
      expect(last.events.at(-1)).toEqual({ id: expect.any(String), position: 1 })
      expect((await shop.admin.get(`${one}/events?limit=some`)).status).toBe(400)
      expect((await shop.admin.get(`${one}/events?order=updated_by`)).status).toBe(400)
    })

    it("tell why they are as they are by a code, beside the sentence, in their steps, the list and the export", async () => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      const send_at = "2099-12-15T09:00:00+08:00"
      const money = { amount: "13.75", currency_code: "pkr", send_at }
      const made = await makeTransfer(shop.admin, id, money)
      const one = `${path}/transfers/${made.id}`
      required(await shop.second.post(`${one}/approve`, { note: "Checked" }))
      required(await shop.admin.post(`${path}/beneficiaries/${id}`, { phone: "+923001112233" }))
      const coded = { reason_code: "beneficiary_edited", reason_details: { version: "2" } }
      const why = { reason: expect.stringContaining("version 2"), ...coded }
      expect(required(await shop.admin.get(one)).transfer).toMatchObject(why)
      const { events } = required(await shop.admin.get(`${one}/events`))
      const none = { reason_code: null, reason_details: null }
      expect(events).toMatchObject([{ reason: null }, { reason: "Checked", ...none }, why])
      const list = required(await shop.admin.get(`${path}/transfers?beneficiary_id=${id}`))
      expect(list.transfers).toMatchObject([why])
      const [row] = await exportOf(`beneficiary_id=${id}`)
      expect(row).toMatchObject({ reason_code: "beneficiary_edited", reason: why.reason })
      const { beneficiary } = required(await shop.admin.get(`${path}/beneficiaries/${id}`))
      expect(beneficiary.audit_lines.at(-1)).toMatchObject({
        note_code: "version_changed",
        note_details: { version: "2", fields: "phone" },
      })
      required(await shop.admin.post(`${one}/cancel`, {}))
    })

    it("are approved, shown and listed to nobody whose login outlived the admin", async () => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      const made = await makeTransfer(shop.admin, id, { amount: "11.50", currency_code: "pkr" })
      const gone = await Admin.logIn(shop.api, shop.container)
      required(await gone.get(`${path}/transfers/${made.id}`))
      const newest = await shop.database("user").orderBy("created_at", "desc").first()
      await shop.container.resolve(Modules.USER).softDeleteUsers([newest.id])
      for (const answer of [
        await gone.post(`${path}/transfers/${made.id}/approve`, {}),
        await gone.post(`${path}/beneficiaries/${id}/account`, {}),
        await gone.post(`${path}/transfers/${made.id}/reject`, { reason: "Not ours" }),
        await gone.get(`${path}/transfers/${made.id}`),
        await gone.get("/admin/gateway-payments/exceptions"),
      ]) {
        expect([answer.status, answer.data.message]).toEqual([
          401,
          expect.stringContaining("not there any more"),
        ])
      }
      const { transfer } = required(await shop.admin.get(`${path}/transfers/${made.id}`))
      expect(transfer.status).toBe("awaiting_approval")
    })

    it("are their maker's, also where he makes them with a secret API key of his", async () => {
      const { id } = await addBeneficiary(shop.second, walletOwner)
      const key = { type: "secret", title: "Script" }
      const { api_key } = required(await shop.admin.post("/admin/api-keys", key))
      const request = { beneficiary_id: id, amount: "10.50", currency_code: "pkr", purpose: "May" }
      const made = required(await withToken(api_key.token, `${path}/transfers`, request)).transfer
      expect(made.created_by).toBe(api_key.created_by)
      const one = `${path}/transfers/${made.id}`
      const { events } = required(await shop.admin.get(`${one}/events`))
      expect(events).toMatchObject([{ actor: api_key.id }])
      const alone = await shop.admin.post(`${one}/approve`, {})
      expect([alone.status, alone.data.message]).toEqual([
        400,
        expect.stringContaining("You made the transfer"),
      ])
      const edit = { name: "Ayesha Malik" }
      required(await withToken(api_key.token, `${path}/beneficiaries/${id}`, edit))
      const again = await makeTransfer(shop.second, id, { amount: "7", currency_code: "pkr" })
      const own = await shop.admin.post(`${path}/transfers/${again.id}/approve`, {})
      expect([own.status, own.data.message]).toEqual([
        400,
        expect.stringContaining("You were the last to edit the beneficiary"),
      ])
    })

    it("are approved as they were looked at, also where the beneficiary is edited meanwhile", async () => {
      const beneficiary = await addBeneficiary(shop.admin, walletOwner)
      const made = await makeTransfer(shop.admin, beneficiary.id, {
        amount: "20.50",
        currency_code: "pkr",
      })
      const one = `${path}/transfers/${made.id}`
      const seen = required(await shop.second.get(one)).transfer
      expect(seen.beneficiary).toMatchObject({ version: 1, name: walletOwner.name })
      const account = { ...walletOwner.account, account_number: "03007654321" }
      const edit = { name: "Ayesha Malik", account }
      required(await shop.admin.post(`${path}/beneficiaries/${beneficiary.id}`, edit))

      const { beneficiary_version_id } = seen
      for (const body of [{}, { beneficiary_version_id }]) {
        const refused = await shop.second.post(`${one}/approve`, body)
        expect([refused.status, refused.data]).toEqual([
          409,
          {
            type: "conflict",
            code: "edited",
            details: {},
            message: expect.stringMatching(/look at it and approve it with beneficiary_version_id/),
          },
        ])
      }
      const shown = required(await shop.second.get(`${path}/approvals?id=${made.id}`)).approvals[0]
        .transfer
      expect(shown).toMatchObject({
        edited_from_version_id: beneficiary_version_id,
        beneficiary: { version: 2, name: "Ayesha Malik", account_hint: "••••4321" },
      })
      expect(required(await shop.second.get(one)).transfer.beneficiary).toEqual(shown.beneficiary)

      const approval = { beneficiary_version_id: shown.beneficiary_version_id }
      const approved = required(await shop.second.post(`${one}/approve`, approval)).transfer
      expect(approved).toMatchObject({
        edited_from_version_id: null,
        beneficiary_version_id: shown.beneficiary_version_id,
        beneficiary: { version: 2 },
      })
    })

    it("that look like another one are approved by naming it, and all sending can be paused", async () => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      const other = { ...walletOwner, name: "A. Khan" }
      const again = required(await shop.admin.post(`${path}/beneficiaries`, other)).beneficiary
      expect(again.same_account.map(({ id: known }: { id: string }) => known)).toContain(id)
      const money = { amount: "61.00", currency_code: "pkr" }
      const first = await makeTransfer(shop.admin, id, money)
      const held = await makeTransfer(shop.admin, again.id, money)
      const one = `${path}/transfers/${held.id}`
      const refused = await shop.second.post(`${one}/approve`, {})
      expect([refused.status, refused.data.message]).toEqual([
        409,
        expect.stringContaining(`looks like ${first.reference}`),
      ])
      const reason = "Two of one payee"
      const paused = required(await shop.admin.post(`${path}/sending/pause`, { reason }))
      expect(paused.sending).toMatchObject({ is_paused: true, reason })
      required(await shop.second.post(`${one}/approve`, { same_as_id: first.id }))
      const stopped = await shop.admin.post(`${one}/submit`, {})
      expect([stopped.status, stopped.data.message]).toEqual([
        409,
        expect.stringContaining(`(${reason})`),
      ])
      required(await shop.admin.post(`${one}/cancel`, {}))
      const note = "Looked at both"
      required(await shop.second.post(`${path}/sending/resume`, { note }))
      expect(required(await shop.admin.get(`${path}/sending`)).sending.is_paused).toBe(false)

      required(await shop.admin.post(`${path}/beneficiaries/${again.id}`, { phone: "0300" }))
      const { versions } = required(
        await shop.admin.get(`${path}/beneficiaries/${again.id}/versions`)
      )
      expect(versions).toMatchObject([
        { version: 2, phone: "0300", changed_fields: ["phone"], account_hint: "••••4567" },
        { version: 1, phone: null, changed_fields: [] },
      ])
    })

    it("answer what their state forbids with 409 and in words for a person", async () => {
      const beneficiary = await addBeneficiary(shop.admin, walletOwner)
      const made = await makeTransfer(shop.admin, beneficiary.id, {
        amount: "30.00",
        currency_code: "pkr",
      })
      const one = `${path}/transfers/${made.id}`
      required(await shop.admin.post(`${one}/reject`, { reason: "Wrong amount" }))
      const forbidden: [string, object][] = [
        ["approve", {}],
        ["reject", { reason: "Once more" }],
        ["cancel", {}],
        ["submit", {}],
        ["retry", {}],
        ["resolve", { outcome: "succeeded", note: "I saw it" }],
      ]
      for (const [action, body] of forbidden) {
        const answer = await shop.second.post(`${one}/${action}`, body)
        expect([action, answer.status, answer.data]).toEqual([
          action,
          409,
          {
            type: "conflict",
            code: "transfer_state",
            details: { reference: made.reference, transfer_state: "rejected" },
            message: expect.stringContaining(`${made.reference} can't`),
          },
        ])
        expect(answer.data.message).toContain("was rejected. To pay, make a new transfer")
      }
      for (const [action, body] of forbidden) {
        const unknown = await shop.second.post(`${path}/transfers/potr_none/${action}`, body)
        expect([action, unknown.status]).toEqual([action, 404])
      }
    })
  })
})

/** How many transfers outside of batches somebody may approve. */
async function waitingFor(person: Admin): Promise<number> {
  return required(await person.get(`${path}/approvals/waiting`)).waiting.transfers
}
