import { reasonCodes } from "../../../shared/reasons"
import { alice, bob, carol, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

jest.setTimeout(120_000)

describeShop("Why something became of a payout", (shop) => {
  const stepsOf = async (transfer_id: string) =>
    await shop()
      .connection("payout_transfer_event")
      .where({ transfer_id })
      .orderBy("position")
      .select("reason", "reason_code", "reason_details")

  const linesOf = async (subject_id: string) =>
    await shop()
      .connection("payout_audit_line")
      .where({ subject_id })
      .orderBy("id")
      .select("note", "note_code", "note_details")

  it("is written down by a code with its values, and a person's own words as they are", async () => {
    const { payouts, approved, made } = shop()
    const paid = await approved()
    await payouts.disableBeneficiary(paid.beneficiary_id, carol, "left us in {{haste}}")
    expect((await stepsOf(paid.id)).at(-1)).toEqual({
      reason: "Its beneficiary was disabled: left us in {{haste}}",
      reason_code: "beneficiary_disabled",
      reason_details: { words: "left us in {{haste}}" },
    })
    expect(await linesOf(paid.beneficiary_id)).toEqual([
      {
        note: "It was active: left us in {{haste}}",
        note_code: "had_state",
        note_details: { beneficiary_state: "active", words: "left us in {{haste}}" },
      },
    ])
    const rejected = await made({ amount: "17.00" })
    await payouts.rejectTransfer(rejected.id, bob, "nobody_approved")
    expect((await stepsOf(rejected.id)).at(-1)).toEqual({
      reason: "nobody_approved",
      reason_code: null,
      reason_details: null,
    })
  })

  it("has the gateway's words beside the code, and is told of each transfer as its last step has it", async () => {
    const { payouts, gateway, approved, made } = shop()
    const refused = await approved({ amount: "23.00" })
    gateway.nextSends.push(async () => ({ outcome: "failed", code: "B7", message: "closed" }))
    await payouts.submitTransfer(refused.id, alice)
    const waiting = await made({ amount: "29.00" })
    const codes = await payouts.reasonCodes([refused.id, waiting.id, "potr_none"])
    expect([...codes]).toEqual([
      [refused.id, { reason_code: "refused", reason_details: { words: "B7: closed" } }],
      [waiting.id, { reason_code: null, reason_details: null }],
    ])
  })

  it("has no code where a server of an earlier version wrote the last step", async () => {
    const { payouts, connection, approved } = shop()
    const transfer = await approved()
    await payouts.changeBeneficiary(transfer.beneficiary_id, { phone: "+639171234567" }, carol)
    const edited = { reason_code: "beneficiary_edited", reason_details: { version: "2" } }
    expect((await payouts.reasonCodes([transfer.id])).get(transfer.id)).toEqual(edited)
    const reason = "Nobody approved it within 30 days"
    await connection("payout_transfer")
      .where({ id: transfer.id })
      .update({
        status: "expired",
        reason,
        events_count: connection.raw("events_count + 1"),
      })
    const [{ events_count: position }] = await connection("payout_transfer").where({
      id: transfer.id,
    })
    await connection("payout_transfer_event").insert({
      id: "poev_of_before",
      transfer_id: transfer.id,
      position,
      from_status: "awaiting_approval",
      to_status: "expired",
      actor: "system",
      reason,
    })
    const none = { reason_code: null, reason_details: null }
    expect((await payouts.reasonCodes([transfer.id])).get(transfer.id)).toEqual(none)
  })

  it("is told of a decision about a batch by what it added up to, what came of it and why", async () => {
    const { payouts, beneficiary, made } = shop()
    const payee = await beneficiary()
    const one = await payouts.makeTransfer(newTransfer(payee, { amount: "31.50" }), alice)
    const other = await made({ amount: "2.25" })
    const ids = [one.transfer.id, other.id]
    const batch = await payouts.makeBatch({ transfer_ids: ids, label: "Friday" }, alice)
    const { count, sums } = (await payouts.batchTotals([batch.id])).get(batch.id)!
    await payouts.rejectBatch(batch.id, bob, { count, sums, reason: "not ours" })
    expect(await linesOf(batch.id)).toEqual([
      {
        note: "2 transfers: 33.75 php in 2 at po_acme_main. Rejected: 2. not ours",
        note_code: "batch_rejected",
        note_details: { sums: "33.75 php 2 po_acme_main", ended: "2", words: "not ours" },
      },
    ])
    expect(await linesOf(other.id)).toEqual([
      {
        note: `${batch.id} (Friday)`,
        note_code: "put_into_batch",
        note_details: { batch: `${batch.id} (Friday)` },
      },
    ])
    const codes = (await linesOf(batch.id)).map(({ note_code }) => note_code)
    expect(reasonCodes).toEqual(expect.arrayContaining(codes))
  })
})
