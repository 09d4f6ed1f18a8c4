import { backUpTables } from "./payout-database"
import { alice, bob, keyOf, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

const minute = 60_000
const day = 24 * 60 * minute

describeShop("A database that is restored from a backup", (shop) => {
  it("sends nothing again that was approved in it and sent since, as its gateway knows", async () => {
    const { payouts, approved, gateway, clock, now, ways, logged } = shop()
    const transfer = await approved()
    const restore = await backUpTables(shop().connection)
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(1)
    await restore()
    expect(await now(transfer.id)).toMatchObject({ status: "approved" })

    clock.advance(minute)
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(1)
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded" })
    expect((await ways(transfer.id)).slice(-3)).toEqual([
      "approved -> submitting",
      "submitting -> unknown",
      "unknown -> succeeded",
    ])
    expect(logged.join("\n")).toContain("It was sent before, and is not sent again")
  })

  it("sends nothing again that waited for its approval in it, and was approved anew", async () => {
    const { payouts, made, gateway, now } = shop()
    const transfer = await made()
    const restore = await backUpTables(shop().connection)
    await payouts.approveTransfer(transfer.id, bob)
    await payouts.submitDue(10)
    await restore()
    await payouts.approveTransfer(transfer.id, bob)
    await payouts.submitTransfer(transfer.id, alice)
    expect(gateway.moves).toHaveLength(1)
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded" })
  })

  it("sends what its gateway clearly does not know, and nothing while it can't be asked", async () => {
    const { payouts, approved, gateway, clock, now, logged } = shop()
    const transfer = await approved()
    const restore = await backUpTables(shop().connection)
    await restore()
    gateway.nextReports.push(async () => ({ outcome: "unknown" }))
    await payouts.submitDue(10)
    expect(gateway.moves).toEqual([])
    expect(await now(transfer.id)).toMatchObject({ status: "approved" })
    expect(logged.join("\n")).toContain("could not be asked whether it has it already")
    // It may not show yet what it was sent a moment before the database was lost.
    for (const _try of [1, 2, 3]) {
      clock.advance(5 * minute + 1)
      await payouts.submitDue(10)
      expect(gateway.moves).toEqual([])
      expect(await now(transfer.id)).toMatchObject({ status: "approved" })
    }
    clock.advance(5 * minute + 1)
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(1)
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded", not_found_since: null })
  })

  it("sends nothing again that its gateway shows only later", async () => {
    const { payouts, approved, gateway, clock, now } = shop()
    const transfer = await approved()
    const restore = await backUpTables(shop().connection)
    await payouts.submitDue(10)
    await restore()
    gateway.nextReports.push(async () => ({ outcome: "not_found" }))
    clock.advance(minute)
    await payouts.submitDue(10)
    expect(await now(transfer.id)).toMatchObject({ status: "approved" })
    clock.advance(20 * minute)
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(1)
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded" })
  })

  it("is not doubted where it is the same, and the approval is fresh", async () => {
    const { payouts, approved, gateway } = shop()
    await approved()
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(1)
    expect(gateway.asked).toEqual([])
  })
})

describeShop("An approval", (shop) => {
  it("that is older than minutes is sent only when its gateway does not know the transfer", async () => {
    const { payouts, approved, gateway, clock, now } = shop()
    const [one, two] = [await approved(), await approved()]
    clock.advance(10 * minute + 1)
    gateway.outcomes.set(one.reference, "processing")
    await payouts.submitDue(10)
    expect(gateway.asked.sort()).toEqual([one.reference, two.reference].sort())
    expect(gateway.moves).toMatchObject([{ reference: two.reference }])
    expect(await now(one.id)).toMatchObject({ status: "processing" })
    expect(await now(two.id)).toMatchObject({ status: "succeeded" })
  })

  it("that nobody sent in three days waits for a person again", async () => {
    const { payouts, approved, gateway, clock, now } = shop()
    const [one, two] = [await approved(), await approved()]
    clock.advance(3 * day + 1)
    await payouts.submitTransfer(one.id, alice)
    await payouts.expireApprovals()
    for (const { id } of [one, two]) {
      expect(await now(id)).toMatchObject({
        status: "awaiting_approval",
        approved_by: null,
        reason: expect.stringContaining("It was to be sent three days ago"),
      })
    }
    expect(gateway.moves).toEqual([])
    await payouts.approveTransfer(one.id, bob)
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(1)
  })
})

describeShop("The pause of all sending", (shop) => {
  it("holds everything on every server, says who began it, and ends by a person's word", async () => {
    const { payouts, otherServer, approved, gateway, now, events, connection, withOptions } = shop()
    const transfer = await approved()
    await expect(payouts.pauseSending(" ", alice)).rejects.toThrow("Say why")
    const pause = await payouts.pauseSending("a strange file", keyOf(alice, "apk_1"))
    expect(await otherServer().sendingPause()).toEqual(pause)
    // A second one changes nothing.
    expect(await payouts.pauseSending("me too", bob)).toMatchObject({ id: pause.id })

    expect(await otherServer().submitDue(10)).toBe(0)
    await expect(payouts.submitTransfer(transfer.id, alice)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringMatching(/apk_1 paused all payouts at 2030.*\(a strange file\)/),
    })
    expect(await now(transfer.id)).toMatchObject({ status: "approved" })
    expect(gateway.moves).toEqual([])

    await expect(payouts.resumeSending("fine", keyOf(bob, "apk_2"))).rejects.toMatchObject({
      type: "forbidden",
    })
    const ofBob = withOptions({ approvers: [bob.id] })
    await expect(ofBob.resumeSending("my file is right", alice)).rejects.toThrow(
      "payouts.approvers"
    )
    await ofBob.resumeSending("the file was right", bob)
    expect(await payouts.sendingPause()).toBeUndefined()
    await expect(payouts.resumeSending("again", bob)).rejects.toMatchObject({ type: "conflict" })
    await otherServer().submitDue(10)
    expect(gateway.moves).toHaveLength(1)
    expect(await connection("payout_pause")).toMatchObject([
      { paused_by: "apk_1", resumed_by: bob.id, note: "the file was right" },
    ])
    expect(events.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["payout.sending.paused", "payout.sending.resumed"])
    )
  })

  it("makes doubtful what was approved before it: its gateway is asked first, however short it was", async () => {
    const { payouts, approved, gateway, clock, now } = shop()
    const [one, two] = [await approved(), await approved()]
    clock.advance(minute)
    await payouts.pauseSending("was this file paid already?", alice)
    clock.advance(minute)
    const three = await approved()
    await payouts.resumeSending("one of it was", bob)
    gateway.outcomes.set(one.reference, "succeeded")
    await payouts.submitDue(10)
    expect(gateway.asked.sort()).toEqual([one.reference, two.reference].sort())
    expect(gateway.moves.map(({ reference }) => reference).sort()).toEqual(
      [two.reference, three.reference].sort()
    )
    expect(await now(one.id)).toMatchObject({ status: "succeeded" })
  })

  it("holds also what was claimed a moment before and has not been called for yet", async () => {
    const { payouts, approved, gateway, clock, now, ways, connection } = shop()
    const transfer = await approved()
    // The pause is committed together with the claim: after the look before the claim, and before the one after it.
    await connection.raw(`
      create function pause_all() returns trigger language plpgsql as $$ begin
        insert into payout_pause (id, reason, paused_by, paused_at)
          values ('popau_1', 'no', '${alice.id}', '${clock.now().toISOString()}');
        return null;
      end $$;
      create trigger pause_all after insert on payout_transfer_event
        for each row when (new.to_status = 'submitting') execute function pause_all()
    `)
    try {
      await payouts.submitTransfer(transfer.id, alice)
    } finally {
      await connection.raw("drop function pause_all cascade")
    }
    expect(gateway.moves).toEqual([])
    expect(await now(transfer.id)).toMatchObject({
      status: "approved",
      submitted_at: null,
      reason: expect.stringContaining("user_alice paused all payouts a moment before"),
    })
    expect((await ways(transfer.id)).slice(-2)).toEqual([
      "approved -> submitting",
      "submitting -> approved",
    ])
    await payouts.resumeSending("now", bob)
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(1)
  })

  it("does not keep people from asking about what was sent, or from making what is new", async () => {
    const { payouts, approved, beneficiary, gateway, now } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async (order) => gateway.pay(order, "processing"))
    await payouts.submitDue(10)
    await payouts.pauseSending("a strange file", alice)
    gateway.outcomes.set(transfer.reference, "succeeded")
    await payouts.refreshTransfer(transfer.id, alice)
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded" })
    const other = await beneficiary()
    const { isNew } = await payouts.makeTransfer(newTransfer(other), alice)
    expect(isNew).toBe(true)
  })
})
