import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Transfer } from "../domain/transfer"
import { createPayoutDatabase, emptyTables, type PayoutDatabase } from "./payout-database"
import {
  alice,
  bob,
  carol,
  newBeneficiary,
  newTransfer,
  payoutsUnderTest,
  type PayoutsUnderTest,
} from "./payouts-under-test"
import { describeShop } from "./shop"

describe("transfer life", () => {
  describe("A transfer", () => {
    let database: PayoutDatabase
    let connection: Knex
    let shop: PayoutsUnderTest

    beforeAll(async () => {
      database = await createPayoutDatabase()
      connection = database.connect(5)
    })

    afterAll(async () => {
      await database?.drop()
    })

    beforeEach(async () => {
      await emptyTables(connection)
      shop = payoutsUnderTest(connection)
    })

    it("is made, approved by a second person, sent once, and its events tell the whole life", async () => {
      const { payouts, gateway, events } = shop
      const beneficiary = await payouts.addBeneficiary(newBeneficiary(), carol)
      expect(beneficiary).toMatchObject({ status: "active", account_hint: "••••3322", version: 1 })

      const { transfer, isNew } = await payouts.makeTransfer(newTransfer(beneficiary), alice)
      expect(transfer).toMatchObject({ status: "awaiting_approval", amount: "1500.00" })
      expect(isNew).toBe(true)
      expect(await payouts.submitDue(10)).toBe(0)

      await payouts.approveTransfer(transfer.id, bob, { note: "as agreed" })
      expect(await payouts.submitDue(10)).toBe(1)

      expect(gateway.moves).toEqual([
        {
          reference: transfer.reference,
          amount: "1500.00",
          currencyCode: "php",
          account: "9988776655443322",
        },
      ])
      const sent = await payouts.findTransfer(transfer.reference)
      expect(sent).toMatchObject({
        status: "succeeded",
        gateway_id: `G${transfer.reference}`,
        gateway_fee: "1.50",
        approved_by: bob.id,
      })
      const told = await payouts.eventsOf(transfer.id)
      expect(
        told.map(({ from_status, to_status, actor, position }) => [
          position,
          from_status,
          to_status,
          actor,
        ])
      ).toEqual([
        [1, null, "awaiting_approval", alice.id],
        [2, "awaiting_approval", "approved", bob.id],
        [3, "approved", "submitting", "system"],
        [4, "submitting", "succeeded", "gateway"],
      ])
      expect(events.map(({ name }) => name)).toEqual([
        "payout.transfer.awaiting_approval",
        "payout.transfer.approved",
        "payout.transfer.submitting",
        "payout.transfer.succeeded",
        "payout.remittance_advice",
      ])
    })
  })
})

describe("approval", () => {
  const hour = 3_600_000
  const day = 24 * hour

  describeShop("An approval", (shop) => {
    it("is given once", async () => {
      const { payouts, approved } = shop()
      const transfer = await approved()
      await expect(payouts.approveTransfer(transfer.id, bob)).rejects.toMatchObject({
        type: "conflict",
        message: expect.stringContaining("is approved and about to be sent"),
      })
    })

    it("is void when the beneficiary is edited, and has to be given for the new version", async () => {
      const { payouts, approved, gateway, now, ways, seen } = shop()
      const transfer = await approved()
      const change = { account: { account_number: "1234567890" } }
      await payouts.changeBeneficiary(transfer.beneficiary_id, change, carol)
      expect(await now(transfer.id)).toMatchObject({
        status: "awaiting_approval",
        reason: "Its beneficiary was edited: version 2 has to be approved anew",
        approved_by: null,
        approved_at: null,
        approval_signature: null,
      })
      expect(await payouts.submitDue(10)).toBe(0)

      await expect(payouts.approveTransfer(transfer.id, bob)).rejects.toMatchObject({
        type: "conflict",
        message: expect.stringContaining("was edited after the transfer was made or last approved"),
      })
      const again = await payouts.approveTransfer(transfer.id, bob, await seen(transfer.id))
      expect(again.beneficiary_version_id).not.toBe(transfer.beneficiary_version_id)
      await payouts.submitDue(10)
      expect(gateway.moves).toMatchObject([{ account: "1234567890" }])
      expect(await ways(transfer.id)).toEqual([
        "null -> awaiting_approval",
        "awaiting_approval -> approved",
        "approved -> awaiting_approval",
        "awaiting_approval -> approved",
        "approved -> submitting",
        "submitting -> succeeded",
      ])
    })

    it("is for the version that was looked at: what waits shows the newest one", async () => {
      const { payouts, made, gateway, now, seen, connection } = shop()
      const transfer = await made()
      const asMade = await seen(transfer.id)
      const change = { account: { account_number: "1234567890" } }
      await payouts.changeBeneficiary(transfer.beneficiary_id, change, carol)
      const edited = await seen(transfer.id)
      await payouts.changeBeneficiary(transfer.beneficiary_id, { name: "Juana" }, carol)

      const waiting = await now(transfer.id)
      expect(waiting.edited_from_version_id).toBe(asMade.beneficiary_version_id)
      const version = { id: waiting.beneficiary_version_id }
      expect(await connection("payout_beneficiary_version").where(version)).toMatchObject([
        { version: 3, name: "Juana", account_hint: "••••7890" },
      ])
      for (const approval of [asMade, edited, {}]) {
        await expect(payouts.approveTransfer(transfer.id, bob, approval)).rejects.toMatchObject({
          type: "conflict",
          message: expect.stringContaining(`with beneficiary_version_id ${version.id}`),
        })
      }
      expect(await now(transfer.id)).toMatchObject({
        status: "awaiting_approval",
        approved_by: null,
      })

      const newest = await seen(transfer.id)
      expect(await payouts.approveTransfer(transfer.id, bob, newest)).toMatchObject({
        status: "approved",
        beneficiary_version_id: version.id,
        edited_from_version_id: null,
      })
      await payouts.submitDue(10)
      expect(gateway.moves).toMatchObject([{ account: "1234567890" }])
    })

    it("needs no version where the edit came before the transfer, or to another beneficiary", async () => {
      const { payouts, beneficiary, made, seen } = shop()
      const known = await beneficiary()
      await payouts.changeBeneficiary(known.id, { name: "Juana" }, carol)
      const transfer = await made({ beneficiary_id: known.id })
      const another = await beneficiary()
      await payouts.changeBeneficiary(another.id, { name: "Pedro" }, carol)
      const other = {
        beneficiary_version_id: (await seen((await made()).id)).beneficiary_version_id,
      }
      await expect(payouts.approveTransfer(transfer.id, bob, other)).rejects.toMatchObject({
        type: "conflict",
      })
      expect(await payouts.approveTransfer(transfer.id, bob)).toMatchObject({ status: "approved" })
    })

    it("is not put off by an edit: what waits too long expires", async () => {
      const { payouts, made, clock, now } = shop()
      const old = await made()
      clock.advance(30 * day)
      await payouts.changeBeneficiary(old.beneficiary_id, { name: "Juana" }, carol)
      clock.advance(hour)
      expect(await payouts.expireApprovals()).toBe(1)
      expect(await now(old.id)).toMatchObject({ status: "expired" })
    })

    it("is not given for a beneficiary that can't be paid", async () => {
      const { payouts, made, gateway } = shop()
      const transfer = await made()
      gateway.nextBeneficiaries.push(async () => ({ status: "pending", message: "look here" }))
      const change = { account: { account_number: "1234567890" } }
      await payouts.changeBeneficiary(transfer.beneficiary_id, change, carol)
      await expect(payouts.approveTransfer(transfer.id, bob)).rejects.toThrow("is pending")
    })

    it("expires when nobody gives it in time", async () => {
      const { payouts, made, clock, now } = shop()
      const old = await made()
      clock.advance(30 * day)
      const young = await made()
      clock.advance(hour)
      expect(await payouts.expireApprovals()).toBe(1)
      expect(await now(old.id)).toMatchObject({
        status: "expired",
        reason: "Nobody approved it within 30 days",
      })
      expect(await now(young.id)).toMatchObject({ status: "awaiting_approval" })
      await expect(payouts.approveTransfer(old.id, bob)).rejects.toMatchObject({ type: "conflict" })
    })

    it("can be refused with a reason, and taken back before it is sent", async () => {
      const { payouts, made, approved, now } = shop()
      const one = await made()
      await expect(payouts.rejectTransfer(one.id, bob, " ")).rejects.toThrow("Say why")
      await payouts.rejectTransfer(one.id, bob, "not ours")
      expect(await now(one.id)).toMatchObject({ status: "rejected", reason: "not ours" })
      await expect(payouts.cancelTransfer(one.id, bob)).rejects.toMatchObject({ type: "conflict" })

      // Whoever made it can take it back while it waits.
      const mistaken = await made()
      await payouts.cancelTransfer(mistaken.id, alice, "typed wrong")
      expect(await now(mistaken.id)).toMatchObject({ status: "canceled", reason: "typed wrong" })

      const two = await approved()
      await payouts.cancelTransfer(two.id, alice, "too early")
      expect(await now(two.id)).toMatchObject({ status: "canceled", reason: "too early" })
      expect(await payouts.submitDue(10)).toBe(0)
      await expect(payouts.submitTransfer(two.id, alice)).rejects.toThrow("was canceled")
    })

    it("is not asked for where the option says so, unless it looks like a payment that was made", async () => {
      const { beneficiary, withOptions, ways, clock, now } = shop()
      const payouts = withOptions({ approval: "none" })
      const known = await beneficiary()
      const { transfer: first } = await payouts.makeTransfer(newTransfer(known), alice)
      expect(first).toMatchObject({
        status: "approved",
        approved_by: null,
        approved_at: clock.now(),
      })
      expect(await ways(first.id)).toEqual(["null -> approved"])

      const { transfer: second } = await payouts.makeTransfer(newTransfer(known), alice)
      expect(second).toMatchObject({
        status: "awaiting_approval",
        same_as_id: first.id,
        reason: expect.stringContaining(`It looks like ${first.reference}`),
      })
      // Who made it may say that it is meant.
      const named = { same_as_id: first.id }
      expect(await payouts.approveTransfer(second.id, alice, named)).toMatchObject({
        status: "approved",
      })

      expect(await payouts.submitDue(10)).toBe(2)
      expect(await now(second.id)).toMatchObject({ status: "succeeded" })
      clock.advance(day)
      const november = newTransfer(known, { purpose: "November" })
      const { transfer: later } = await payouts.makeTransfer(november, alice)
      expect(later).toMatchObject({ status: "approved", same_as_id: null })
    })

    it("is asked for as long as another one like it is open, whenever that was made", async () => {
      const { beneficiary, made, withOptions, gateway, clock, now } = shop()
      const payouts = withOptions({ approval: "none" })
      const known = await beneficiary()
      const request = newTransfer(known)
      const open = await made({ beneficiary_id: known.id })
      const expectHeld = async (status: Transfer["status"]) => {
        clock.advance(2 * day)
        expect((await now(open.id)).status).toBe(status)
        const { transfer } = await payouts.makeTransfer(request, alice)
        expect([status, transfer.status, transfer.same_as_id]).toEqual([
          status,
          "awaiting_approval",
          open.id,
        ])
        await payouts.rejectTransfer(transfer.id, bob, "paid already")
      }
      await expectHeld("awaiting_approval")
      await payouts.approveTransfer(open.id, bob)
      await expectHeld("approved")
      gateway.nextSends.push(async () => ({ outcome: "unknown" }))
      await payouts.submitDue(10)
      await expectHeld("unknown")
      await payouts.refreshTransfer(open.id, bob)
      await expectHeld("not_found")
      await payouts.refreshTransfer(open.id, bob)
      await expectHeld("manual_review")
      const decision = { outcome: "failed", note: "the dashboard does not list it" } as const
      await payouts.resolveTransfer(open.id, decision, bob)
      // A person alone says that it paid nothing.
      await expectHeld("failed")
      clock.advance(35 * day)
      expect((await payouts.makeTransfer(request, alice)).transfer.same_as_id).toBeNull()
    })

    it("is asked for a day long after another one like it was sent, however old that is", async () => {
      const { beneficiary, made, withOptions, clock, now } = shop()
      const payouts = withOptions({ approval: "none" })
      const known = await beneficiary()
      const request = newTransfer(known)
      const old = await made({ beneficiary_id: known.id })
      clock.advance(10 * day)
      await payouts.approveTransfer(old.id, bob)
      await payouts.submitDue(10)
      expect(await now(old.id)).toMatchObject({ status: "succeeded" })
      clock.advance(day - hour)
      const { transfer: held } = await payouts.makeTransfer(request, alice)
      expect(held).toMatchObject({ status: "awaiting_approval", same_as_id: old.id })
      await payouts.rejectTransfer(held.id, bob, "paid already")
      // Asking whether the money came back is no step of the transfer.
      await payouts.refreshTransfer(old.id, bob)
      clock.advance(hour)
      const other = { ...request, purpose: "November" }
      expect((await payouts.makeTransfer(other, alice)).transfer.same_as_id).toBeNull()
    })

    it("holds no payment for one that was rejected, canceled or failed", async () => {
      const { payouts, beneficiary, gateway } = shop()
      const known = await beneficiary()
      const make = async () => (await payouts.makeTransfer(newTransfer(known), alice)).transfer
      const rejected = await make()
      await payouts.rejectTransfer(rejected.id, bob, "no")
      const failing = await make()
      expect(failing.same_as_id).toBeNull()
      await payouts.approveTransfer(failing.id, bob)
      gateway.nextSends.push(async () => ({ outcome: "failed" }))
      await payouts.submitDue(1)
      expect((await make()).same_as_id).toBeNull()
    })

    it("does not let a disabled beneficiary be paid", async () => {
      const { payouts, approved, made, now, gateway, connection } = shop()
      const transfer = await approved()
      const waiting = await made({ beneficiary_id: transfer.beneficiary_id, amount: "7.00" })
      await payouts.disableBeneficiary(transfer.beneficiary_id, carol, "left us")
      expect(await now(transfer.id)).toMatchObject({
        status: "canceled",
        reason: "Its beneficiary was disabled: left us",
      })
      expect(await now(waiting.id)).toMatchObject({ status: "awaiting_approval" })
      await expect(payouts.approveTransfer(waiting.id, bob)).rejects.toThrow("is disabled")
      await expect(
        payouts.makeTransfer(newTransfer({ id: transfer.beneficiary_id }), alice)
      ).rejects.toThrow("is disabled: only an active one can be paid")
      await expect(
        payouts.changeBeneficiary(transfer.beneficiary_id, { name: "x" }, carol)
      ).rejects.toMatchObject({ type: "conflict" })
      await payouts.submitDue(10)
      expect(gateway.moves).toEqual([])
      expect(await connection("payout_audit_line")).toMatchObject([
        {
          subject_id: transfer.beneficiary_id,
          actor: carol.id,
          action: "disabled",
          note: "It was active: left us",
        },
      ])
    })

    it("knows nobody who is not there", async () => {
      const { payouts } = shop()
      await expect(payouts.approveTransfer("potr_none", bob)).rejects.toMatchObject({
        type: "not_found",
      })
      await expect(
        payouts.addBeneficiary(newBeneficiary({ provider_id: "po_nobody" }), carol)
      ).rejects.toThrow("There is no payout provider po_nobody. The option payouts.providers")
    })
  })
})
