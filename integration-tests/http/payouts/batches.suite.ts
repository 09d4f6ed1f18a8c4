import { Modules } from "@medusajs/framework/utils"
import { Admin } from "../support/admin"
import {
  addBeneficiary,
  cashyPayouts,
  makeTransfer,
  required,
  walletOwner,
  type PayoutShop,
} from "../support/payout-shop"
import { suite } from "../support/shop"
import { adminApi, heading, path, type Row } from "./admin-api"

export const batches = suite<PayoutShop>("batches of payouts", (shop) => {
  const { listed, exportOf } = adminApi(shop)

  const newWallet = async () => {
    const account_number = `0300${String(Date.now()).slice(-7)}`
    const account = { ...walletOwner.account, account_number }
    return await addBeneficiary(shop.admin, { ...walletOwner, account })
  }

  it("of an import are approved by a second person by what they saw, with one call", async () => {
    const { id } = await newWallet()
    const csv = [heading, `${id},31.00,PKR,May`, `${id},32.50,PKR,May`, `${id},31.00,PKR,May`]
    const body = { csv: csv.join("\n"), file_name: "may-batch.csv" }
    const { batch_id } = required(await shop.admin.post(`${path}/imports`, body)).import
    const one = `${path}/batches/${batch_id}`
    const sums = [{ provider_id: cashyPayouts, currency_code: "pkr", count: 3, amount: "94.50" }]
    const seen = { count: 3, sums }

    const { batches } = required(await shop.second.get(`${path}/approvals`))
    expect(batches.find((batch: Row) => batch.id === batch_id)).toMatchObject({
      label: "may-batch.csv",
      source: "import",
      ...seen,
      waiting: seen,
      states: { awaiting_approval: 3 },
      may_approve: true,
    })
    const waitingBatches = async (who: typeof shop.admin, mayApprove: boolean) =>
      required(await who.get(`${path}/approvals?may_approve=${mayApprove}`)).batches.map(
        (batch: Row) => batch.id
      )
    expect(await waitingBatches(shop.second, false)).not.toContain(batch_id)
    expect(await waitingBatches(shop.admin, true)).not.toContain(batch_id)
    expect(await waitingBatches(shop.admin, false)).toContain(batch_id)
    const ofBatch = async (who: typeof shop.admin, more = "") =>
      required(await who.get(`${path}/approvals?batch_id=${batch_id}${more}`))
    const lines = await ofBatch(shop.second)
    expect([lines.count, lines.approvals.length]).toEqual([3, 3])
    expect((await ofBatch(shop.second, "&may_approve=true")).count).toBe(3)
    expect((await ofBatch(shop.second, "&may_approve=false")).count).toBe(0)
    expect((await ofBatch(shop.admin, "&may_approve=true")).count).toBe(0)
    expect(await listed("batches?waiting=true&source=import&q=may-batch")).toEqual([batch_id])
    expect(await listed("batches?waiting=false&q=may-batch")).toEqual([])
    const ofProvider = `batches?waiting=true&q=may-batch&provider_id=${cashyPayouts}`
    expect(await listed(ofProvider)).toEqual([batch_id])
    expect(await listed("batches?q=may-batch&provider_id[]=po_none")).toEqual([])
    const held = await listed(`transfers?batch_id=${batch_id}&held=true`)
    expect(held).toHaveLength(1)
    expect(await listed(`transfers?batch_id=${batch_id}&held=false`)).toHaveLength(2)
    expect(await exportOf(`batch_id=${batch_id}&held=true`)).toMatchObject([
      { id: held[0], batch_id, send_at: "" },
    ])
    const { totals } = required(
      await shop.admin.get(`${path}/totals?batch_id=${batch_id}&held=true`)
    )
    expect(totals).toMatchObject([{ status: "awaiting_approval", count: 1, amount: "31.00" }])

    const { batch } = required(await shop.second.get(one))
    expect(batch).toMatchObject({
      held: [{ transfer_id: held[0], line: 4, same_as_reference: expect.stringMatching(/^P/) }],
      blocked: [],
      operations: { approve: { allowed: true, reason: null } },
    })
    const own = required(await shop.admin.get(one)).batch
    expect(own.operations.approve).toEqual({
      allowed: false,
      reason: expect.stringContaining("You made"),
      code: "all_blocked",
    })
    expect(own.blocked).toHaveLength(3)

    const alone = required(await shop.admin.post(`${one}/approve`, seen)).approval
    expect(alone).toMatchObject({ approved: 0, first: 0, before: 0 })
    expect(alone.left.map(({ code }: { code: string }) => code)).toEqual(Array(3).fill("made_it"))
    const wrong = await shop.second.post(`${one}/approve`, { ...seen, count: 2 })
    expect([wrong.status, wrong.data.message]).toEqual([
      409,
      expect.stringContaining(`It is now 3 transfers: 94.50 pkr in 3 at ${cashyPayouts}`),
    ])
    expect((await shop.second.post(`${one}/approve`, {})).status).toBe(400)

    const named = [{ transfer_id: held[0], same_as_id: batch.held[0].same_as_id }]
    const approved = required(await shop.second.post(`${one}/approve`, { ...seen, held: named }))
    expect(approved.approval).toEqual({ approved: 3, first: 0, before: 0, left: [] })
    expect(approved.batch.audit_lines).toMatchObject([{ action: "approved" }])
    expect(await listed("batches?waiting=true&q=may-batch")).toEqual([])
  })

  it("are approved by no admin who was deleted, however long their login is valid", async () => {
    const { id } = await newWallet()
    const made = await makeTransfer(shop.admin, id, { amount: "33.00", currency_code: "pkr" })
    const leaving = await Admin.logIn(shop.api, shop.container)
    const body = { transfer_ids: [made.id], label: "One" }
    const { batch } = required(await leaving.post(`${path}/batches`, body))
    const users = shop.container.resolve(Modules.USER)
    await users.deleteUsers([batch.created_by])
    const seen = { count: batch.count, sums: batch.sums }
    const late = await leaving.post(`${path}/batches/${batch.id}/approve`, seen)
    expect(late.status).toBe(401)
    expect(required(await shop.admin.get(`${path}/batches/${batch.id}`)).batch.waiting.count).toBe(
      1
    )
  })

  it("of a selection are put together for a later day, and withdrawn or rejected together", async () => {
    const { id } = await newWallet()
    const make = async (amount: string) =>
      (await makeTransfer(shop.admin, id, { amount, currency_code: "pkr" })).id
    const transfer_ids = [await make("34.00"), await make("35.00")]
    const send_at = "2099-12-15T09:00:00+08:00"
    const exact = "2099-12-15T01:00:00.000Z"
    const made = await shop.admin.post(`${path}/batches`, {
      transfer_ids,
      send_at,
      label: "Friday",
    })
    const { batch } = required(made)
    expect(batch).toMatchObject({ source: "selection", label: "Friday", send_at: exact, count: 2 })
    const { transfer } = required(await shop.admin.get(`${path}/transfers/${transfer_ids[0]}`))
    expect(transfer).toMatchObject({
      send_at: exact,
      batch_id: batch.id,
      approvals: { needed: 1, given: [] },
    })
    const again = await shop.admin.post(`${path}/batches`, { transfer_ids })
    expect([again.status, again.data.message]).toEqual([409, expect.stringContaining(batch.id)])

    const one = `${path}/batches/${batch.id}`
    const seen = { count: 2, sums: batch.sums }
    required(await shop.second.post(`${path}/transfers/${transfer_ids[0]}/approve`, {}))
    const early = await shop.admin.post(`${path}/transfers/${transfer_ids[0]}/submit`, {})
    expect([early.status, early.data.message]).toEqual([409, expect.stringContaining(exact)])
    const rejected = await shop.second.post(`${one}/reject`, { ...seen, reason: "Not ours" })
    expect(required(rejected).batch.states).toEqual({ approved: 1, rejected: 1 })
    const { count, sums } = required(rejected).batch
    const withdrawn = await shop.admin.post(`${one}/withdraw`, { count, sums })
    expect(required(withdrawn).batch.states).toEqual({ canceled: 1, rejected: 1 })
  })
})
