import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { times } from "../../payment-journal/__tests__/fixtures"
import { systemHand } from "../actor"
import type { SeenBatch } from "../domain/batch"
import type { ImportLine } from "../domain/import"
import type { NewTransfer, Transfer } from "../domain/transfer"
import type { PayoutModuleService } from "../service"
import { alice, anAdmin, bob, carol, keyOf, newTransfer, providerId } from "./payouts-under-test"
import { describeShop } from "./shop"

const file = { file_name: "october.csv", digest: "d1", allow_partial: false, problems: [] }
const dora = anAdmin("dora")

describeShop("A batch", (shop) => {
  const linesOf = async (
    count: number,
    change: Partial<NewTransfer> = {}
  ): Promise<ImportLine[]> => {
    const beneficiaries = [await shop().beneficiary(), await shop().beneficiary()]
    return times(count, (index) => ({
      line: index + 2,
      transfer: newTransfer(beneficiaries[index % 2]!, { amount: `${index + 1}.50`, ...change }),
    }))
  }

  /** A file that alice imported. */
  const imported = async (count: number, payouts: PayoutModuleService = shop().payouts) => {
    const { id } = await payouts.importTransfers(file, await linesOf(count), alice)
    const batch = await shop().connection("payout_batch").where({ import_id: id }).first()
    const batchId = String(batch.id)
    return { id: batchId, importId: id, transfers: await membersOf(batchId) }
  }

  const membersOf = async (id: string): Promise<Transfer[]> =>
    await shop().connection("payout_transfer").where({ batch_id: id }).orderBy("import_line")

  /** What a batch shows to whoever looks at it. */
  const lookAt = async (id: string): Promise<SeenBatch> => {
    const totals = (await shop().payouts.batchTotals([id])).get(id)
    return { count: totals?.count ?? 0, sums: totals?.sums ?? [] }
  }

  const statesOf = async (id: string) => (await shop().payouts.batchTotals([id])).get(id)?.states

  it("is what an import makes, and tells how many transfers it has and what they add up to", async () => {
    const { id, importId } = await imported(3)
    expect(await shop().connection("payout_batch").where({ id })).toMatchObject([
      {
        label: "october.csv",
        source: "import",
        import_id: importId,
        created_by: alice.id,
        send_at: null,
      },
    ])
    const sums = [{ provider_id: providerId, currency_code: "php", count: 3, amount: "7.50" }]
    expect(await lookAt(id)).toEqual({ count: 3, sums })
    expect(await shop().payouts.waitingBatches()).toEqual([id])
    expect(await shop().payouts.batchesOfProviders([providerId, "po_other"])).toEqual([id])
    expect(await shop().payouts.batchesOfProviders(["po_other"])).toEqual([])
  })

  it("is none where a file makes nothing, and one for each file where it is mended", async () => {
    const { payouts } = shop()
    const good = await linesOf(2)
    const bad = { line: 9, transfer: newTransfer({ id: "poben_none" }) }
    await payouts.importTransfers(file, [...good, bad], alice)
    expect(await shop().connection("payout_batch")).toEqual([])
    const part = { ...file, allow_partial: true }
    await payouts.importTransfers(part, [...good, bad], alice)
    await payouts.importTransfers(part, [...good, bad], alice)
    expect(await shop().connection("payout_batch")).toHaveLength(1)
  })

  it("of 1,000 lines is approved by one call", async () => {
    const { payouts, events } = shop()
    const { id, transfers } = await imported(1_000)
    const seen = await lookAt(id)
    expect(await payouts.approveBatch(id, bob, { ...seen, note: "as agreed" })).toEqual({
      approved: 1_000,
      first: 0,
      before: 0,
      left: [],
    })
    expect(await statesOf(id)).toEqual({ approved: 1_000 })
    expect(events.filter(({ name }) => name === "payout.transfer.approved")).toHaveLength(1_000)
    expect(await lookAt(id)).toEqual(seen)
    expect(await payouts.waitingBatches()).toEqual([])

    const [first] = transfers
    expect(await payouts.eventsOf(first!.id)).toMatchObject([
      { to_status: "awaiting_approval" },
      { to_status: "approved", actor: bob.id, reason: "as agreed" },
    ])
  })

  it("is approved as it was seen alone: else the answer says what it is now", async () => {
    const { payouts, connection } = shop()
    const { id, transfers } = await imported(3)
    const seen = await lookAt(id)
    const [sum] = seen.sums
    for (const wrong of [
      { ...seen, count: 2 },
      { ...seen, sums: [] },
      { ...seen, sums: [{ ...sum!, amount: "7.51" }] },
      { ...seen, sums: [{ ...sum!, amount: "7.5O" }] },
      { ...seen, sums: [{ ...sum!, count: 4 }] },
      { ...seen, sums: [{ ...sum!, currency_code: "idr" }] },
      { ...seen, sums: [{ ...sum!, provider_id: "po_acme_other" }] },
      { ...seen, sums: [sum!, sum!] },
    ]) {
      for (const act of [
        () => payouts.approveBatch(id, bob, wrong),
        () => payouts.rejectBatch(id, bob, { ...wrong, reason: "not ours" }),
        () => payouts.withdrawBatch(id, alice, wrong),
      ]) {
        await expect(act()).rejects.toMatchObject({
          type: "conflict",
          message: expect.stringContaining(`It is now 3 transfers: 7.50 php in 3 at ${providerId}`),
        })
      }
    }
    expect(await statesOf(id)).toEqual({ awaiting_approval: 3 })

    // One is taken out of it meanwhile.
    await payouts.cancelTransfer(transfers[0]!.id, alice)
    await expect(payouts.approveBatch(id, bob, seen)).rejects.toThrow("It is now 2 transfers")
    // Somebody writes to the database: another amount, another line.
    const asIsNow = await lookAt(id)
    const { id: changed } = transfers[1]!
    await connection("payout_transfer").where({ id: changed }).update({ amount: "900.00" })
    await expect(payouts.approveBatch(id, bob, asIsNow)).rejects.toThrow("903.50 php in 2")
    await connection("payout_transfer").where({ id: changed }).update({ amount: "2.50" })
    const { id: added } = await shop().made({ amount: "5000.00" })
    await connection("payout_transfer").where({ id: added }).update({ batch_id: id })
    await expect(payouts.approveBatch(id, bob, asIsNow)).rejects.toThrow("It is now 3 transfers")
    expect(await statesOf(id)).toEqual({ awaiting_approval: 3, canceled: 1 })

    const again = { ...asIsNow, sums: asIsNow.sums.map((one) => ({ ...one, amount: "6.0" })) }
    await connection("payout_transfer").where({ id: added }).update({ batch_id: null })
    expect(await payouts.approveBatch(id, bob, again)).toMatchObject({ approved: 2, left: [] })
  })

  it("is approved by nobody who made it, edited whom it pays, came after it, or is no person", async () => {
    const { payouts, withOptions } = shop()
    const { id } = await imported(2)
    const seen = await lookAt(id)
    const invited = { ...anAdmin("late"), since: new Date("2031-01-01T00:00:00Z") }
    for (const [actor, code] of [
      [alice, "made_it"],
      [carol, "last_editor"],
      [invited, "admin_since"],
      [systemHand, "not_a_person"],
    ] as const) {
      const { operations, blocked } = await payouts.reviewBatch(id, actor)
      expect(operations.approve.allowed).toBe(false)
      expect(blocked.map(({ blocker }) => blocker.code)).toEqual([code, code])
      const outcome = await payouts.approveBatch(id, actor, seen)
      expect(outcome).toMatchObject({ approved: 0, first: 0 })
      expect(outcome.left.map((one) => [one.import_line, one.code])).toEqual([
        [2, code],
        [3, code],
      ])
    }
    await expect(payouts.approveBatch(id, keyOf(bob, "apk_1"), seen)).rejects.toMatchObject({
      type: "forbidden",
    })
    const allowed = withOptions({ keysMay: ["approve"] })
    expect(await allowed.approveBatch(id, keyOf(alice, "apk_2"), seen)).toMatchObject({
      approved: 0,
    })
    const named = withOptions({ approvers: [dora.id] })
    expect(await named.approveBatch(id, bob, seen)).toMatchObject({ approved: 0 })
    expect(await statesOf(id)).toEqual({ awaiting_approval: 2 })
    expect((await payouts.reviewBatch(id, bob)).operations.approve).toEqual({
      allowed: true,
      reason: null,
      code: null,
    })
    expect(await named.approveBatch(id, dora, seen)).toMatchObject({ approved: 2 })
  })

  it("is approved once by two at once, on two servers", async () => {
    const { payouts, otherServer } = shop()
    const { id, transfers } = await imported(40)
    const seen = await lookAt(id)
    const outcomes = await Promise.all([
      payouts.approveBatch(id, bob, seen),
      otherServer().approveBatch(id, dora, seen),
    ])
    expect(outcomes.map(({ approved }) => approved).sort()).toEqual([0, 40])
    expect(outcomes.map(({ before }) => before).sort()).toEqual([0, 40])
    for (const transfer of transfers) {
      const ways = await shop().ways(transfer.id)
      expect(ways.filter((way) => way.endsWith("-> approved"))).toHaveLength(1)
    }
  })

  it("of which the server dies in the middle is approved by calling again, each line once", async () => {
    const { payouts, database, connection, elsewhere, gateway } = shop()
    const { id } = await imported(60)
    const seen = await lookAt(id)
    const dying = database.connect(3)
    const live = await dieAtApproval(connection, 30)
    await expect(elsewhere(dying).approveBatch(id, bob, seen)).rejects.toThrow()
    await live()
    expect(await statesOf(id)).toEqual({ awaiting_approval: 60 })
    expect(await connection("payout_approval")).toEqual([])

    expect(await payouts.approveBatch(id, bob, seen)).toMatchObject({ approved: 60, left: [] })
    // Its answer is lost too.
    expect(await payouts.approveBatch(id, bob, seen)).toEqual({
      approved: 0,
      first: 0,
      before: 60,
      left: [],
    })
    expect(await connection("payout_approval")).toHaveLength(60)
    while ((await payouts.submitDue(100)) > 0);
    expect(gateway.moves).toHaveLength(60)
  })

  it("is approved as far as the day's limit goes, and tells line by line what is left", async () => {
    const { withOptions } = shop()
    const { id, transfers } = await imported(5)
    const payouts = withOptions({ limits: { php: { perDay: "7.50", perTransfer: "5.00" } } })
    const outcome = await payouts.approveBatch(id, bob, await lookAt(id))
    expect(outcome).toMatchObject({ approved: 3 })
    expect(outcome.left).toEqual([
      {
        transfer_id: transfers[3]!.id,
        reference: transfers[3]!.reference,
        import_line: 5,
        code: "limit",
        reason: expect.stringContaining("nothing of the option payouts.limits.php.perDay"),
      },
      expect.objectContaining({
        import_line: 6,
        reason: expect.stringContaining("more than one transfer may be"),
      }),
    ])
  })

  it("leaves what looks like another transfer, unless that is named", async () => {
    const { payouts } = shop()
    const [first, ...others] = await linesOf(3)
    const twice = { line: 9, transfer: first!.transfer }
    await payouts.importTransfers(file, [first!, ...others, twice], alice)
    const [id = ""] = await payouts.waitingBatches()
    const { held } = await payouts.reviewBatch(id, bob)
    const [like] = held
    expect(held).toMatchObject([{ import_line: 9, same_as_id: expect.any(String) }])
    const seen = await lookAt(id)
    const other = { transfer_id: like!.id, same_as_id: "potr_other" }
    for (const named of [undefined, [other]]) {
      const outcome = await payouts.approveBatch(id, bob, { ...seen, held: named })
      expect(outcome.left).toMatchObject([{ import_line: 9, code: "held" }])
    }
    expect(await statesOf(id)).toEqual({ approved: 3, awaiting_approval: 1 })
    const named = [{ transfer_id: like!.id, same_as_id: String(like!.same_as_id) }]
    expect(await payouts.approveBatch(id, bob, { ...seen, held: named })).toEqual({
      approved: 1,
      first: 0,
      before: 3,
      left: [],
    })
  })

  it("leaves what goes to a beneficiary that was edited since, unless the newest version is named", async () => {
    const { payouts } = shop()
    const { id, transfers } = await imported(3)
    const seen = await lookAt(id)
    const [first] = transfers
    const account = { account_number: "1234567890" }
    await payouts.changeBeneficiary(first!.beneficiary_id, { account }, carol)
    const outcome = await payouts.approveBatch(id, bob, seen)
    expect(outcome).toMatchObject({ approved: 1 })
    expect(outcome.left).toMatchObject([
      { import_line: 2, code: "edited" },
      { import_line: 4, code: "edited" },
    ])
    const { edited } = await payouts.reviewBatch(id, bob)
    const looked = edited.map((one) => ({
      transfer_id: one.id,
      beneficiary_version_id: one.beneficiary_version_id,
    }))
    expect(await payouts.approveBatch(id, bob, { ...seen, edited: looked })).toMatchObject({
      approved: 2,
      before: 1,
    })
  })

  it("approves the others where one account can't be read or one beneficiary can't be paid", async () => {
    const { payouts, connection } = shop()
    const lines = [await linesOf(1), await linesOf(1), await linesOf(1)].flat()
    await payouts.importTransfers(
      file,
      lines.map(({ transfer }, index) => ({ line: index + 2, transfer })),
      alice
    )
    const [id = ""] = await payouts.waitingBatches()
    const [lost, gone] = await membersOf(id)
    await connection("payout_beneficiary_version")
      .where({ id: lost!.beneficiary_version_id })
      .update({ key_id: "lost" })
    await payouts.disableBeneficiary(gone!.beneficiary_id, carol)
    const outcome = await payouts.approveBatch(id, bob, await lookAt(id))
    expect(outcome).toMatchObject({ approved: 1 })
    expect(outcome.left).toMatchObject([
      { import_line: 2, code: "unreadable", reason: expect.stringContaining('the key "lost"') },
      { import_line: 3, code: "beneficiary_not_active" },
    ])
  })

  it("is rejected with a reason by a person, and what was approved before stays so", async () => {
    const { payouts } = shop()
    const { id, transfers } = await imported(3)
    const seen = await lookAt(id)
    await payouts.approveTransfer(transfers[0]!.id, bob)
    await expect(payouts.rejectBatch(id, bob, { ...seen, reason: " " })).rejects.toThrow("Say why")
    await expect(
      payouts.rejectBatch(id, keyOf(bob, "apk_1"), { ...seen, reason: "not ours" })
    ).rejects.toMatchObject({ type: "forbidden" })
    expect(await payouts.rejectBatch(id, dora, { ...seen, reason: "not ours" })).toEqual({
      rejected: 2,
    })
    expect(await statesOf(id)).toEqual({ approved: 1, rejected: 2 })
    const left = await lookAt(id)
    await expect(
      payouts.rejectBatch(id, dora, { ...left, reason: "not ours" })
    ).rejects.toMatchObject({ type: "conflict" })
    const { operations } = await payouts.reviewBatch(id, dora)
    expect([operations.approve.allowed, operations.reject.allowed]).toEqual([false, false])
    expect(operations.withdraw.allowed).toBe(true)
  })

  it("is withdrawn with what was approved and not sent, by a key that made it alone", async () => {
    const { payouts, gateway } = shop()
    const { id, transfers } = await imported(3)
    const seen = await lookAt(id)
    await payouts.approveTransfer(transfers[0]!.id, bob)
    await payouts.submitTransfer(transfers[0]!.id, bob)
    await payouts.approveTransfer(transfers[1]!.id, bob)
    await expect(payouts.withdrawBatch(id, keyOf(bob, "apk_1"), seen)).rejects.toMatchObject({
      type: "forbidden",
    })
    expect(await statesOf(id)).toEqual({ succeeded: 1, approved: 1, awaiting_approval: 1 })
    const withdrawal = { ...seen, reason: "the wrong month" }
    expect(await payouts.withdrawBatch(id, keyOf(alice, "apk_2"), withdrawal)).toEqual({
      withdrawn: 2,
    })
    expect(await statesOf(id)).toEqual({ succeeded: 1, canceled: 2 })
    expect(await payouts.submitDue(10)).toBe(0)
    expect(gateway.moves).toHaveLength(1)
    const after = await lookAt(id)
    await expect(payouts.withdrawBatch(id, alice, after)).rejects.toMatchObject({
      type: "conflict",
    })
  })

  it("is put together of transfers that were made one by one, each in one batch alone", async () => {
    const { payouts, made, approved } = shop()
    const [one, two] = [await made(), await approved()]
    const { id } = await payouts.makeBatch(
      { transfer_ids: [one.id, two.id, one.id], label: "Friday" },
      bob
    )
    expect(await lookAt(id)).toMatchObject({ count: 2 })
    expect(await statesOf(id)).toEqual({ awaiting_approval: 1, approved: 1 })
    const third = await made()
    const send_at = new Date("2030-01-04T00:00:00Z")
    const later = await payouts.makeBatch({ transfer_ids: [third.id], send_at }, alice)
    const lines = shop().connection("payout_audit_line").where({ action: "put into a batch" })
    expect(await lines.orderBy("id")).toMatchObject([
      ...[one, two].map((transfer) => ({
        subject_id: transfer.id,
        actor: bob.id,
        note: `${id} (Friday)`,
      })),
      {
        subject_id: third.id,
        actor: alice.id,
        note: `${later.id}, not to be sent before 2030-01-04T00:00:00.000Z`,
      },
    ])
    await expect(
      payouts.makeBatch({ transfer_ids: [two.id, (await made()).id] }, bob)
    ).rejects.toMatchObject({ type: "conflict", message: expect.stringContaining(id) })
    await expect(payouts.makeBatch({ transfer_ids: ["potr_none"] }, bob)).rejects.toThrow(
      "There are no payout transfers potr_none"
    )
    await expect(payouts.makeBatch({ transfer_ids: [] }, bob)).rejects.toThrow(
      "one transfer or more"
    )
    await payouts.rejectTransfer(one.id, bob, "no")
    await expect(payouts.makeBatch({ transfer_ids: [one.id] }, bob)).rejects.toMatchObject({
      type: "conflict",
    })
    expect(await shop().connection("payout_batch")).toHaveLength(2)
    expect(await lines.clone()).toHaveLength(3)
  })

  it("keeps who decided about it, what they saw and what came of it", async () => {
    const { payouts, connection } = shop()
    const { id } = await imported(2)
    await payouts.approveBatch(id, bob, { ...(await lookAt(id)), note: "as agreed" })
    await payouts.withdrawBatch(id, alice, { ...(await lookAt(id)), reason: "the wrong month" })
    const lines = await connection("payout_audit_line").where({ subject_id: id }).orderBy("id")
    const seen = `2 transfers: 4.00 php in 2 at ${providerId}`
    expect(lines.map(({ actor, action, note }) => [actor, action, note])).toEqual([
      [bob.id, "approved", `${seen}. Approved: 2, by the first of two: 0, left: 0. as agreed`],
      [alice.id, "withdrawn", `${seen}. Withdrawn: 2. the wrong month`],
    ])
  })
})

/** Cuts off the connection that approves so many transfers, as where its server loses its power, before it can commit. */
async function dieAtApproval(connection: Knex, approvals: number): Promise<() => Promise<void>> {
  await connection.raw(`
    create sequence approvals_seen;
    create function die_at_approval() returns trigger language plpgsql as $$ begin
      if nextval('approvals_seen') = ${approvals} then
        perform pg_terminate_backend(pg_backend_pid());
      end if;
      return null;
    end $$;
    create trigger die_at_approval after insert on payout_transfer_event
      for each row when (new.to_status = 'approved') execute function die_at_approval()
  `)
  return async () => {
    await connection.raw("drop function die_at_approval cascade; drop sequence approvals_seen")
  }
}
