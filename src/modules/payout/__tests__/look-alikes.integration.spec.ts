import type { NewTransfer } from "../domain/transfer"
import {
  alice,
  bob,
  carol,
  key,
  newBeneficiary,
  newTransfer,
  otherKey,
  payoutsServed,
} from "./payouts-under-test"
import { describeShop } from "./shop"

const day = 24 * 3_600_000

describeShop("A transfer that looks like another one", (shop) => {
  const make = async (change: Partial<NewTransfer> & { beneficiary_id: string }) =>
    (await shop().payouts.makeTransfer(newTransfer({ id: "" }, change), alice)).transfer

  async function paid(change: Partial<NewTransfer> & { beneficiary_id: string }) {
    const { payouts, approved, now } = shop()
    const transfer = await approved(change)
    await payouts.submitDue(10)
    return await now(transfer.id)
  }

  it("is approved by whoever names the one it looks like, and by nobody else", async () => {
    const { payouts, beneficiary, now } = shop()
    const { id } = await beneficiary()
    const first = await paid({ beneficiary_id: id })
    const held = await make({ beneficiary_id: id })
    expect(held).toMatchObject({ status: "awaiting_approval", same_as_id: first.id })
    for (const approval of [{}, { same_as_id: held.id }, { note: "yes, once more" }]) {
      await expect(payouts.approveTransfer(held.id, bob, approval)).rejects.toMatchObject({
        type: "conflict",
        message: expect.stringContaining(`looks like ${first.reference}`),
      })
    }
    expect(await now(held.id)).toMatchObject({ status: "awaiting_approval", approved_by: null })
    expect(await payouts.approveTransfer(held.id, bob, { same_as_id: first.id })).toMatchObject({
      status: "approved",
      same_as_id: first.id,
    })
  })

  it("is held for 35 days for the same purpose, and for a day for another one", async () => {
    const { beneficiary, clock } = shop()
    const { id } = await beneficiary()
    const first = await paid({ beneficiary_id: id, purpose: "Commission  May" })
    const like = async (purpose: string) => {
      const { same_as_id } = await make({ beneficiary_id: id, purpose })
      await shop().connection("payout_transfer").whereNot({ id: first.id }).del()
      return same_as_id
    }
    expect(await like("Commission June")).toBe(first.id)
    clock.advance(day)
    expect(await like("Commission June")).toBeNull()
    expect(await like("commission may ")).toBe(first.id)
    clock.advance(34 * day - 1)
    expect(await like("Commission May")).toBe(first.id)
    clock.advance(1)
    expect(await like("Commission May")).toBeNull()
  })

  it.each([
    ["9988776655443322", "as it stands"],
    ["009988776655443322", "with zeros in front"],
  ])("is found by its account in another beneficiary: %s, %s", async (account_number) => {
    const { withOptions, beneficiary, gateway, payouts } = shop()
    const one = await beneficiary()
    const other = await payouts.addBeneficiary(
      newBeneficiary({ name: "J. Cruz", account: { account_number } }),
      carol
    )
    const atOnce = withOptions({ approval: "none" })
    const first = (await atOnce.makeTransfer(newTransfer(one), alice)).transfer
    const second = (await atOnce.makeTransfer(newTransfer(other), alice)).transfer
    expect(second).toMatchObject({
      status: "awaiting_approval",
      same_as_id: first.id,
      reason: expect.stringContaining(`the same account, which the beneficiary ${one.id} has too`),
    })
    await atOnce.submitDue(10)
    expect(gateway.moves).toHaveLength(1)
  })

  it("is found by its account in a file of two beneficiaries", async () => {
    const { withOptions, beneficiary, payouts } = shop()
    const one = await beneficiary()
    const other = await payouts.addBeneficiary(newBeneficiary(), carol)
    const lines = [one, other].map((payee, index) => ({
      line: index + 2,
      transfer: newTransfer(payee),
    }))
    const { held } = await withOptions({ approval: "none" }).checkImport(lines, alice)
    expect(held).toMatchObject([{ line: 3, same_as: { line: 2 } }])
  })

  it("is found after an edit gave its beneficiary the account of another one that was paid", async () => {
    const { payouts, beneficiary, seen, now } = shop()
    const one = await beneficiary()
    const other = await beneficiary()
    const first = await paid({ beneficiary_id: one.id })
    const waits = await make({ beneficiary_id: other.id })
    expect(waits.same_as_id).toBeNull()
    const account = newBeneficiary().account ?? {}
    await payouts.changeBeneficiary(other.id, { account }, alice)
    await expect(
      payouts.approveTransfer(waits.id, bob, await seen(waits.id))
    ).rejects.toMatchObject({ type: "conflict", message: expect.stringContaining("looks like") })
    // Whoever looks next sees what it looks like.
    expect(await now(waits.id)).toMatchObject({ same_as_id: first.id })
    const approval = { ...(await seen(waits.id)), same_as_id: first.id }
    expect(await payouts.approveTransfer(waits.id, bob, approval)).toMatchObject({
      status: "approved",
    })
  })

  it("is one that a person alone says had failed, unless it tries that one again", async () => {
    const { payouts, beneficiary, approved, gateway, clock } = shop()
    const { id } = await beneficiary()
    const failed = await approved({ beneficiary_id: id })
    gateway.nextSends.push(async () => ({ outcome: "unknown" }))
    await payouts.submitDue(10)
    clock.advance(day)
    await payouts.resolveTransfer(failed.id, { outcome: "failed", note: "no trace of it" }, bob)
    expect(await make({ beneficiary_id: id })).toMatchObject({ same_as_id: failed.id })
    await shop().connection("payout_transfer").whereNot({ id: failed.id }).del()
    expect(await payouts.retryTransfer(failed.id, alice)).toMatchObject({ same_as_id: null })
  })

  it("is found by an account whose digest was made with an older key", async () => {
    const { withOptions, beneficiary } = shop()
    const one = await beneficiary()
    const first = await make({ beneficiary_id: one.id })
    const changed = withOptions({ encryption: { keyId: "2", keys: { "1": key, "2": otherKey } } })
    const other = await changed.addBeneficiary(newBeneficiary(), carol)
    const { transfer } = await changed.makeTransfer(newTransfer(other), alice)
    expect(transfer.same_as_id).toBe(first.id)
    expect(await changed.rotateKeys(10)).toBe(1)
    const without = withOptions({ encryption: { keyId: "2", keys: { "2": otherKey } } })
    const third = await without.addBeneficiary(newBeneficiary(), carol)
    expect(await without.beneficiariesWithSameAccount(third.id)).toMatchObject([
      { id: one.id },
      { id: other.id },
    ])
  })
})

describeShop("A beneficiary", (shop) => {
  it("with the account of another one is told of where people look", async () => {
    const { payouts, beneficiary, connection, logged } = shop()
    const one = await beneficiary()
    const other = await payouts.addBeneficiary(newBeneficiary({ name: "J. Cruz" }), carol)
    expect(await payouts.beneficiariesWithSameAccount(one.id)).toMatchObject([{ id: other.id }])
    expect(await connection("payout_audit_line").where({ action: "same account" })).toMatchObject([
      { subject_id: other.id, note: `As that of ${one.id}` },
    ])
    expect(logged.join("\n")).toContain(`${other.id} has the account of ${one.id}`)
    expect(await payouts.beneficiariesWithSameAccount((await beneficiary()).id)).toEqual([])
  })

  it("is made once for an idempotency key, and told to the gateway once", async () => {
    const { payouts, otherServer, gateway, connection } = shop()
    const wanted = newBeneficiary({ idempotency_key: "juan", identity: { id_number: "PH-1" } })
    const both = await Promise.all([
      payouts.addBeneficiary(wanted, carol),
      otherServer().addBeneficiary({ ...wanted, name: " Juan dela Cruz " }, carol),
    ])
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
    expect(gateway.told).toHaveLength(1)
    expect(await connection("payout_beneficiary")).toHaveLength(1)
    for (const change of [
      { name: "Pedro" },
      { account: { account_number: "123456" } },
      { identity: { id_number: "PH-2" } },
    ]) {
      await expect(payouts.addBeneficiary({ ...wanted, ...change }, carol)).rejects.toMatchObject({
        type: "conflict",
        message: expect.stringContaining("was used for another beneficiary"),
      })
    }
    const other = await payouts.addBeneficiary({ ...wanted, idempotency_key: "juan 2" }, carol)
    expect(other.id).not.toBe(both[0].id)
  })
})

describeShop("A change of the key", (shop) => {
  it("goes on behind a row whose own key is lost, and says which row that is", async () => {
    const { payouts, withOptions, beneficiary, logged, connection } = shop()
    const lost = await withOptions({
      encryption: { keyId: "0", keys: { "0": Buffer.alloc(32, 3).toString("base64") } },
    }).addBeneficiary(newBeneficiary(), carol)
    const kept = [await beneficiary(), await beneficiary(), await beneficiary()]
    const changed = withOptions({ encryption: { keyId: "2", keys: { "1": key, "2": otherKey } } })
    expect(await changed.rotateKeys(2)).toBe(2)
    expect(await changed.rotateKeys(2)).toBe(1)
    expect(await changed.rotateKeys(2)).toBe(0)
    const keys = await connection("payout_beneficiary_version").orderBy("id").pluck("key_id")
    expect(keys).toEqual(["0", "2", "2", "2"])
    expect(logged.join("\n")).toContain(`The account of the beneficiary version ${lost.version_id}`)
    expect(await changed.revealAccount(kept[0]!.id, bob)).toMatchObject({ bank_code: "BDOX" })
    // Entering the account anew is the way out.
    const account = { account_number: "123456" }
    expect(await payouts.changeBeneficiary(lost.id, { account }, bob)).toMatchObject({ version: 2 })
  })

  it("keeps one account one, also where its provider is away from the config meanwhile", async () => {
    const { withOptions, beneficiary, connection, clock } = shop()
    const [one, edited] = [await beneficiary(), await beneficiary()]
    const encryption = { keyId: "2", keys: { "1": key, "2": otherKey } }
    const away = payoutsServed({
      connection,
      provider: undefined,
      now: clock.now,
      options: { encryption },
    })
    await away.changeBeneficiary(edited.id, { name: "Ana" }, carol)
    expect(await away.rotateKeys(10)).toBe(2)
    expect(await away.oldKeys()).toMatchObject([{ key_id: "1", accounts: 0 }])
    const without = withOptions({ encryption: { keyId: "2", keys: { "2": otherKey } } })
    for (const known of [one, edited]) {
      const account = await without.revealAccount(known.id, bob)
      const other = await without.addBeneficiary(newBeneficiary({ account }), carol)
      expect(await without.beneficiariesWithSameAccount(other.id)).toMatchObject([{ id: known.id }])
    }
  })
})
