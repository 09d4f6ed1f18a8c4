import { createHash } from "node:crypto"
import { createApiKeysWorkflow } from "@medusajs/medusa/core-flows"
import { parse } from "csv-parse/sync"
import {
  addBeneficiary,
  cashyPayouts,
  describePayoutShop,
  makeTransfer,
  mocasaPayouts,
  required,
  seller,
  walletOwner,
} from "./support/payout-shop"

jest.setTimeout(300_000)

const path = "/admin/payouts"
const accountNumber = walletOwner.account.account_number
const heading = "beneficiary_id,amount,currency_code,purpose"

type Row = Record<string, unknown> & { id: string }

describePayoutShop("the admin API of payouts", (shop) => {
  it("tells what can be paid through, what a form has to ask for, and what there is to send", async () => {
    const { providers, count } = required(await shop.admin.get(`${path}/providers`))
    expect(count).toBe(3)
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
    it("are listed by what they are, page by page, and by the fields that are asked for", async () => {
      const first = await addBeneficiary(shop.admin, seller)
      const second = await addBeneficiary(shop.admin, walletOwner)
      expect(await listed("beneficiaries")).toEqual([second.id, first.id])
      expect(await listed("beneficiaries?order=name")).toEqual([second.id, first.id])
      for (const filter of [
        `provider_id=${mocasaPayouts}`,
        "kind=business&status[]=active&status[]=pending",
        "q=sari-sari",
        `id=${first.id}`,
        "email=juan@example.com",
        "limit=1&offset=1",
      ]) {
        expect([filter, await listed(`beneficiaries?${filter}`)]).toEqual([filter, [first.id]])
      }
      const { beneficiaries, ...page } = required(
        await shop.admin.get(`${path}/beneficiaries?fields=name,account_hint&limit=1`)
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
      expect(beneficiary.audit_lines).toMatchObject([
        { action: "revealed", actor: expect.stringMatching(/^user_/) },
      ])
      const refused = await withApiKey(`${one}/account`)
      expect([refused.status, refused.data.message]).toEqual([
        403,
        expect.stringContaining("log in as an admin"),
      ])
      expect(required(await shop.admin.get(one)).beneficiary.audit_lines).toHaveLength(1)
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
      for (const table of ["payout_beneficiary", "payout_beneficiary_version"]) {
        expect(await shop.database(table)).toEqual([])
      }
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
      expect(await listed("transfers")).toEqual([])
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
      const filters: [string, string[]][] = [
        ["", all],
        [`reference=${first.reference}`, [first.id]],
        [`q=${first.reference.toLowerCase()}`, [first.id]],
        ["q=may+commission,", [first.id]],
        ["status=rejected", [second.id]],
        ["status[]=rejected&status[]=awaiting_approval&currency_code=PKR", [second.id, first.id]],
        [`beneficiary_id=${company.id}`, [third.id]],
        [`provider_id[]=${mocasaPayouts}`, [third.id]],
        [`created_at[$gte]=${started}`, all],
        [`created_at[$lt]=${started}`, []],
        [`id[]=${first.id}&id[]=${third.id}`, [third.id, first.id]],
      ]
      for (const [filter, expected] of filters) {
        expect([filter, await listed(`transfers?${filter}`)]).toEqual([filter, expected])
        const exported = (await exportOf(filter)).map(({ id }) => id)
        expect([filter, exported]).toEqual([filter, [...expected].reverse()])
        const { totals } = required(await shop.admin.get(`${path}/totals?${filter}`))
        const counted = totals.reduce((sum: number, { count }: { count: number }) => sum + count, 0)
        expect([filter, counted]).toEqual([filter, expected.length])
      }
      expect(required(await shop.admin.get(`${path}/totals`)).totals).toEqual([
        { status: "awaiting_approval", currency_code: "php", count: 1, amount: "123456789012.34" },
        { status: "awaiting_approval", currency_code: "pkr", count: 1, amount: "0.10" },
        { status: "rejected", currency_code: "pkr", count: 1, amount: "0.20" },
      ])
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
      const { approvals, count } = required(await shop.admin.get(`${path}/approvals`))
      expect(count).toBe(1)
      expect(approvals).toMatchObject([
        {
          transfer: { id: made.id, beneficiary: { name: walletOwner.name } },
          may_approve: false,
          why_not: expect.stringContaining("a second person has to approve it"),
        },
      ])
      const alone = await shop.admin.post(`${one}/approve`, {})
      expect([alone.status, alone.data.message]).toEqual([400, approvals[0].why_not])
      const key = await withApiKey(`${one}/approve`)
      expect(key.status).toBe(403)

      const second = required(await shop.second.get(`${path}/approvals`)).approvals
      expect(second).toMatchObject([{ may_approve: true, why_not: null }])
      const approved = required(await shop.second.post(`${one}/approve`, { note: "Checked" }))
      expect(approved.transfer).toMatchObject({
        id: made.id,
        approved_by: expect.stringMatching(/^user_/),
      })
      expect(required(await shop.second.get(`${path}/approvals`)).count).toBe(0)
      const { events } = required(await shop.admin.get(`${one}/events`))
      expect(events.slice(0, 2)).toMatchObject([
        { position: 1, from_status: null, to_status: "awaiting_approval" },
        { position: 2, to_status: "approved", reason: "Checked" },
      ])
      const page = required(await shop.admin.get(`${one}/events?limit=1&offset=1`))
      expect(page).toMatchObject({ offset: 1, limit: 1, events: [{ position: 2 }] })
      expect(page.count).toBeGreaterThanOrEqual(2)
      expect(page.events).toHaveLength(1)
      const last = required(await shop.admin.get(`${one}/events?order=-position&fields=position`))
      expect(last.events.at(-1)).toEqual({ id: expect.any(String), position: 1 })
      expect((await shop.admin.get(`${one}/events?limit=some`)).status).toBe(400)
      expect((await shop.admin.get(`${one}/events?order=updated_by`)).status).toBe(400)
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
        amount: "20.00",
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
            message: expect.stringMatching(/look at it and approve it with beneficiary_version_id/),
          },
        ])
      }
      const shown = required(await shop.second.get(`${path}/approvals`)).approvals[0].transfer
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

  describe("a file of transfers", () => {
    it("is checked line by line first, and refused as a whole for one bad line", async () => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      const csv = [
        heading,
        `${id},10.00,PKR,Good`,
        `${id},"1,500.00",PKR,Comma`,
        `${id},10.555,PKR,Places`,
        `poben_none,10.00,PKR,Nobody`,
      ].join("\r\n")
      const problems = [
        { line: 3, message: expect.stringContaining('amount: "1,500.00" must be plain digits') },
        { line: 4, message: expect.stringContaining("too many decimal places") },
        { line: 5, message: expect.stringContaining("no payout beneficiary poben_none") },
      ]
      const checked = required(await shop.admin.post(`${path}/imports/check`, { csv }))
      expect(checked.check).toMatchObject({ good: 1, problems })
      // Cashy tells how much there is to send.
      expect(checked.check.sums).toEqual([
        {
          provider_id: cashyPayouts,
          currency_code: "pkr",
          count: 1,
          amount: "10",
          available: expect.stringMatching(/^\d+(\.\d+)?$/),
        },
      ])
      expect(await listed("imports")).toEqual([])

      const refused = required(await shop.admin.post(`${path}/imports`, { csv })).import
      expect(refused).toMatchObject({
        status: "refused",
        total: 4,
        made: 0,
        problems,
        transfers: {},
      })
      expect(await listed("transfers")).toEqual([])

      const partial = { csv, allow_partial: true, file_name: "may.csv" }
      const done = required(await shop.admin.post(`${path}/imports`, partial)).import
      expect(done).toMatchObject({
        id: refused.id,
        status: "done",
        file_name: "may.csv",
        made: 1,
        problems,
        transfers: { awaiting_approval: 1 },
      })
      expect(await listed(`transfers?import_id=${done.id}`)).toHaveLength(1)
      expect(await listed("imports?q=may.csv&status=done")).toEqual([done.id])
    })

    it("that can't be read says in which line and why", async () => {
      for (const [csv, problem] of [
        ["", { line: 1, message: expect.stringContaining("the file is empty") }],
        ["name\nAna", { line: 1, message: expect.stringContaining('no column "name"') }],
      ] as const) {
        const checked = required(await shop.admin.post(`${path}/imports/check`, { csv }))
        expect(checked.check).toEqual({ good: 0, problems: [problem], sums: [] })
        const refused = required(await shop.admin.post(`${path}/imports`, { csv }))
        expect(refused.import).toMatchObject({ status: "refused", problems: [problem] })
      }
      expect((await shop.admin.post(`${path}/imports`, {})).status).toBe(400)
    })

    it("of 1,000 lines is made in one go, with progress, once, and adds up to the cent", async () => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      // A purpose of the longest kind: the whole is larger than Medusa lets a request be elsewhere.
      const purpose = "Commission ".padEnd(250, "x")
      const lines = Array.from(
        { length: 1_000 },
        (_, nth) => `${id},${nth + 1}.01,PKR,${nth % 3} ${purpose}`
      )
      const csv = [heading, ...lines, ""].join("\r\n")
      const digest = createHash("sha256").update(csv).digest("hex")
      const progress: string[] = []
      let isMaking = true
      const making = shop.admin.post(`${path}/imports`, { csv, file_name: "may.csv" })
      void making.finally(() => {
        isMaking = false
      })
      while (isMaking) {
        const { imports } = required(await shop.admin.get(`${path}/imports?digest=${digest}`))
        for (const { status, checked, made } of imports) {
          progress.push(`${status} ${checked} ${made}`)
        }
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      const done = required(await making).import
      expect(done).toMatchObject({
        status: "done",
        total: 1_000,
        checked: 1_000,
        made: 1_000,
        problems: [],
        transfers: { awaiting_approval: 1_000 },
      })
      expect(progress.filter((line) => /^(checking|making)/.test(line)).length).toBeGreaterThan(0)

      const again = required(await shop.second.post(`${path}/imports`, { csv }))
      expect(again.import.id).toBe(done.id)
      const { totals } = required(await shop.admin.get(`${path}/totals?import_id=${done.id}`))
      // 1 + 2 + ... + 1,000, and a thousand cents.
      expect(totals).toMatchObject([{ count: 1_000, amount: "500510.00" }])
      const exported = await exportOf(`import_id=${done.id}`)
      expect(exported).toHaveLength(1_000)
      const inFile = Array.from({ length: 1_000 }, (_, nth) => nth + 2)
      const inExport = exported.map(({ import_line }) => Number(import_line))
      expect(inExport.sort((one, other) => one - other)).toEqual(inFile)
      // Hundreds are alike in what they are sorted by, and still each is on one page.
      const pages = await Promise.all(
        [0, 250, 500, 750].map((offset) =>
          listed(`transfers?order=purpose&limit=250&offset=${offset}`)
        )
      )
      expect(new Set(pages.flat()).size).toBe(1_000)
    })
  })

  it("is closed to who is not an admin", async () => {
    for (const closed of ["transfers", "beneficiaries", "imports", "totals", "transfers/export"]) {
      const answer = await shop.api.get(`${path}/${closed}`, { validateStatus: () => true })
      expect([closed, answer.status]).toEqual([closed, 401])
    }
  })

  describe("what no database keeps is refused by name, and never breaks a route", () => {
    const ofPayments = "/admin/gateway-payments"

    it.each([
      ...[`${ofPayments}/unmatched`, `${ofPayments}/webhooks`],
      ...["transfers", "beneficiaries", "imports"].map((list) => `${path}/${list}`),
    ])("in the addresses and filters of %s", async (list) => {
      // What is no UTF-8 at all is answered before: by a 500 of Medusa's own, at each of its admin routes.
      for (const url of ["/a%00b", `/${"a".repeat(300)}`, "?q=%00", "?id[]=a%00b"]) {
        const { status, data } = await shop.admin.get(`${list}${url}`)
        expect([url, status]).toEqual([url, 400])
        expect(data.message).toMatch(/address|query's (q|id)/)
      }
    })

    it.each([
      ...["refund", "attach", "close"].map((action) => `${ofPayments}/unmatched/a%00b/${action}`),
      `${ofPayments}/webhooks/a%00b/replay`,
      ...["approve", "reject", "resolve", "cancel", "submit", "refresh", "retry"].map(
        (action) => `${path}/transfers/a%00b/${action}`
      ),
      ...["", "/disable", "/decide", "/account"].map(
        (action) => `${path}/beneficiaries/a%00b${action}`
      ),
      "/admin/orders/a%00b/cancel",
    ])("in the address of %s", async (url) => {
      const { status, data } = await shop.admin.post(url, { note: "Looked at" })
      expect([status, data.message]).toEqual([400, expect.stringContaining("id in the address")])
    })

    it.each([
      [`${ofPayments}/unmatched/x/close`, { note: "A\u0000B" }, "note"],
      [`${ofPayments}/refunds-elsewhere`, { payment_id: "\ud83d" }, "payment_id"],
      [
        `${path}/beneficiaries`,
        { ...seller, identity: { id_number: "\u0000" } },
        "identity.id_number",
      ],
      [`${path}/transfers`, { purpose: "\u0000" }, "purpose"],
      [`${path}/imports`, { csv: `${heading}\na,1,PHP,\u0000` }, "csv"],
      [`${path}/imports/check`, { csv: `${heading}\na,1,PHP,\ud83d` }, "csv"],
    ])("in the body of %s", async (url, body, field) => {
      const { status, data } = await shop.admin.post(url, body)
      expect([status, data.message]).toEqual([400, expect.stringContaining(`body's ${field} `)])
    })

    it("from shoppers, gateways and browsers", async () => {
      const shopper = shop.shopper()
      const sessions = "/payment-sessions"
      const data = { payer: { name: "A\u0000B" } }
      const refused = [
        await shopper.post(`/store${sessions}/payses_%00/refresh`, {}),
        await shopper.post(`/store/payment-collections/x${sessions}`, {
          provider_id: "pp_mocasa_mocasa",
          data,
        }),
        await shopper.post(`/store/payment-collections/%00${sessions}`, {
          provider_id: "pp_mocasa_mocasa",
        }),
        await shopper.post(`/store${sessions}/payses_%zz/refresh`, {}),
        await shopper.post("/store/carts/%00", {}),
        await shopper.post("/store/carts/x/line-items", { variant_id: "\u0000", quantity: 1 }),
      ]
      expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 400))
      expect(refused[1]?.data.message).toContain("data.payer.name ")
      const others = [
        await shopper.delete("/store/saved-payment-methods/%00"),
        await shopper.get("/payments/mocasa_mocasa/return?reference=%00&orderNo=%ED%A0%BD"),
        await shopper.get("/payments/%00/return"),
        await shopper.get("/payments/%zz/return"),
        await shopper.post("/hooks/payment/mocasa_mocasa", {
          orderNo: "\u0000",
          txStatus: "success",
        }),
        await shopper.post("/hooks/payout/%00", {}),
      ]
      for (const { status, config } of others) {
        expect([config.url, Math.floor(status / 100)]).toEqual([config.url, 4])
      }
    })
  })

  async function listed(list: string): Promise<string[]> {
    const answer = required(await shop.admin.get(`${path}/${list}`))
    const rows: Row[] = Object.values(answer).find(Array.isArray) ?? []
    return rows.map(({ id }) => id)
  }

  async function exportOf(filter: string): Promise<Record<string, string>[]> {
    const answer = await shop.admin.get(`${path}/transfers/export?${filter}`)
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8")
    expect(answer.headers["content-disposition"]).toContain("payout-transfers.csv")
    return parse(required(answer), { columns: true, bom: true })
  }

  /** As the shop's own programs call, with a key that an admin made. */
  async function withApiKey(url: string) {
    const { result } = await createApiKeysWorkflow(shop.container).run({
      input: { api_keys: [{ type: "secret", title: "Script", created_by: "" }] },
    })
    return await withToken(result[0]!.token, url, {})
  }

  async function withToken(token: string, url: string, body: object) {
    const authorization = `Basic ${Buffer.from(`${token}:`).toString("base64")}`
    return await shop.api.post(url, body, {
      headers: { authorization },
      validateStatus: () => true,
    })
  }
})
