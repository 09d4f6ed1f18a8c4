import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { systemHand } from "../actor"
import type { Transfer } from "../domain/transfer"
import { createPayoutDatabase, emptyTables, type PayoutDatabase } from "./payout-database"
import {
  alice,
  anAdmin,
  bob,
  carol,
  keyOf,
  newBeneficiary,
  newTransfer,
  payoutsUnderTest,
  type PayoutsUnderTest,
} from "./payouts-under-test"
import { describeShop } from "./shop"

describe("transfer life", () => {
  jest.setTimeout(60_000)

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
  jest.setTimeout(60_000)

  const hour = 3_600_000
  const day = 24 * hour

  describeShop("An approval", (shop) => {
    it("is nothing that the one who made the transfer can give", async () => {
      const { payouts, made, now } = shop()
      const transfer = await made()
      await expect(payouts.approveTransfer(transfer.id, alice)).rejects.toThrow(
        `You made the transfer ${transfer.reference}: a second person has to approve it`
      )
      expect(await now(transfer.id)).toMatchObject({
        status: "awaiting_approval",
        approved_by: null,
      })
    })

    it("is nothing that the last editor of the beneficiary can give, nor the shop's own code", async () => {
      const { payouts, made, seen } = shop()
      const transfer = await made()
      await expect(payouts.approveTransfer(transfer.id, carol)).rejects.toThrow("the last to edit")
      await expect(payouts.approveTransfer(transfer.id, systemHand)).rejects.toThrow(
        "has to be approved by a person"
      )
      await payouts.changeBeneficiary(transfer.beneficiary_id, { phone: "0917" }, bob)
      await expect(payouts.approveTransfer(transfer.id, bob)).rejects.toThrow("the last to edit")
      expect(
        await payouts.approveTransfer(transfer.id, anAdmin("dora"), await seen(transfer.id))
      ).toMatchObject({
        status: "approved",
        approved_by: anAdmin("dora").id,
      })
    })

    it("is nothing that whoever set the account can give, whoever edited after", async () => {
      const { payouts, beneficiary, seen } = shop()
      const known = await beneficiary()
      const account = { account_number: "1234567890", bank_code: "BDOX" }
      await payouts.changeBeneficiary(known.id, { account }, alice)
      const corrected = {
        phone: "+63 917",
        account: { ...account },
      }
      await payouts.changeBeneficiary(known.id, corrected, bob)
      const { transfer } = await payouts.makeTransfer(newTransfer(known), bob)
      await expect(
        payouts.approveTransfer(transfer.id, alice, await seen(transfer.id))
      ).rejects.toThrow("You were the last to change the account.account_number of the beneficiary")
      // Neither whoever gave the name that is paid.
      await payouts.changeBeneficiary(known.id, { name: "Juana" }, anAdmin("dora"))
      await payouts.changeBeneficiary(known.id, { phone: "0918" }, alice)
      await expect(
        payouts.approveTransfer(transfer.id, anAdmin("dora"), await seen(transfer.id))
      ).rejects.toThrow("the last to change the name")
      await payouts.changeBeneficiary(known.id, { account: { account_number: "999999" } }, bob)
      const approval = await seen(transfer.id)
      expect(await payouts.approveTransfer(transfer.id, anAdmin("eve"), approval)).toMatchObject({
        status: "approved",
      })
    })

    it.each([
      ["account_number", "BE68539007547034", { bank_code: "BDOX" }, { bank_code: "MBTC" }],
      ["iban", "BE68539007547034", {}, { bic: "KREDBEBB" }],
      ["iban", "BE68539007547034", { bic: "KREDBEBB" }, {}],
    ])(
      "is nothing that who set the %s can give, whoever then sent the account with another code of a bank",
      async (field, own, before, corrected) => {
        const { payouts, gateway, beneficiary, seen } = shop()
        const fields = ["account_number", "bank_code", "iban", "bic"]
        const accountFields = fields.map((name) => ({ name, title: name, required: false }))
        gateway.capabilities = { ...gateway.capabilities, accountFields }
        const known = await beneficiary()
        const edit = async (account: Record<string, string>, editor: typeof alice) =>
          await payouts.changeBeneficiary(known.id, { account }, editor)
        await edit({ [field]: "DE89370400440532013000", ...before }, carol)
        await edit({ [field]: own, ...before }, alice)
        // In groups, as the bank prints it: it is the number that stood there.
        const grouped = own.replace(/(.{4})(?=.)/g, "$1 ")
        await edit({ [field]: grouped, ...corrected }, bob)
        const [dora, eve] = [anAdmin("dora"), anAdmin("eve")]
        await payouts.changeBeneficiary(known.id, { shop_name: "Corner" }, dora)
        const { transfer } = await payouts.makeTransfer(newTransfer(known), dora)
        const approval = await seen(transfer.id)

        const code = Object.keys({ ...before, ...corrected })[0]
        for (const [actor, set] of [
          [alice, field],
          [bob, code],
        ] as const) {
          await expect(payouts.approveTransfer(transfer.id, actor, approval)).rejects.toThrow(
            `You were the last to change the account.${set} of the beneficiary`
          )
        }
        expect(await payouts.approveTransfer(transfer.id, eve, approval)).toMatchObject({
          approved_by: eve.id,
        })
        await payouts.submitDue(10)
        expect(gateway.moves).toHaveLength(1)
      }
    )

    it.each([
      ["name", "Pedro"],
      ["phone", "0999"],
      ["email", "thief@example.com"],
    ])("is void where somebody writes another %s into the database", async (column, value) => {
      const { payouts, approved, connection, gateway, now } = shop()
      const transfer = await approved()
      const version = { id: transfer.beneficiary_version_id }
      await connection("payout_beneficiary_version")
        .where(version)
        .update({ [column]: value })
      await payouts.submitDue(10)
      expect(gateway.moves).toEqual([])
      expect(await now(transfer.id)).toMatchObject({
        status: "awaiting_approval",
        reason: expect.stringContaining("Somebody wrote to the database"),
      })
    })

    it("is void where somebody writes another purpose into the database", async () => {
      const { payouts, approved, connection, gateway, now } = shop()
      const { id } = await approved()
      await connection("payout_transfer").where({ id }).update({ purpose: "Something else" })
      await payouts.submitDue(10)
      expect(gateway.moves).toEqual([])
      expect(await now(id)).toMatchObject({ status: "awaiting_approval" })
    })

    it("is nothing that an admin can give to what a secret API key of his made or edited", async () => {
      const { payouts, beneficiary, seen } = shop()
      const known = await beneficiary()
      const byKey = keyOf(alice, "apk_1")
      const { transfer } = await payouts.makeTransfer(newTransfer(known), byKey)
      expect(transfer.created_by).toBe(alice.id)
      expect(await payouts.eventsOf(transfer.id)).toMatchObject([{ actor: "apk_1" }])
      await expect(payouts.approveTransfer(transfer.id, alice)).rejects.toThrow("You made")

      await payouts.changeBeneficiary(known.id, { phone: "0917" }, keyOf(bob, "apk_2"))
      await expect(payouts.approveTransfer(transfer.id, bob)).rejects.toThrow("the last to edit")
      expect(
        await payouts.approveTransfer(transfer.id, anAdmin("dora"), await seen(transfer.id))
      ).toMatchObject({ status: "approved" })
    })

    it("is waited for no more where its maker takes the transfer back, but by no key of another", async () => {
      const { payouts, made, now } = shop()
      const [one, two] = [await made(), await made()]
      await expect(payouts.cancelTransfer(one.id, keyOf(bob, "apk_2"))).rejects.toMatchObject({
        type: "forbidden",
      })
      expect(await now(one.id)).toMatchObject({ status: "awaiting_approval" })
      for (const [{ id }, actor] of [
        [one, keyOf(alice, "apk_1")],
        [two, bob],
      ] as const) {
        expect(await payouts.cancelTransfer(id, actor)).toMatchObject({ status: "canceled" })
      }
    })

    it("is given by those alone whom the option names, by their id or their e-mail in any case", async () => {
      const { made, withOptions } = shop()
      const transfer = await made()
      const byMail = withOptions({ approvers: ["BOB@shop.example"] })
      await expect(byMail.approveTransfer(transfer.id, anAdmin("dora"))).rejects.toThrow(
        "payouts.approvers"
      )
      expect(await byMail.approveTransfer(transfer.id, bob)).toMatchObject({ status: "approved" })
      const other = await made()
      const byId = withOptions({ approvers: ["user_bob"] })
      expect(await byId.approveTransfer(other.id, { ...bob, email: null })).toMatchObject({
        status: "approved",
      })
    })

    it("is no work of a secret API key, nor a refusal, a settlement or a look, unless the option says so", async () => {
      const { payouts, made, withOptions, now } = shop()
      const transfer = await made()
      const byKey = keyOf(bob, "apk_1")
      const decision = { outcome: "failed", note: "seen there" } as const
      const tries = (service: typeof payouts) => [
        () => service.revealAccount(transfer.beneficiary_id, byKey),
        () => service.rejectTransfer(transfer.id, byKey, "not ours"),
        () => service.approveTransfer(transfer.id, byKey),
        () => service.resolveTransfer(transfer.id, decision, byKey),
        () =>
          service.decideBeneficiary(
            transfer.beneficiary_id,
            { status: "rejected", note: "no" },
            byKey
          ),
      ]
      for (const payoutsWith of [payouts, withOptions({ approval: "none" })]) {
        for (const attempt of tries(payoutsWith)) {
          await expect(attempt()).rejects.toMatchObject({ type: "forbidden" })
        }
      }
      expect(await now(transfer.id)).toMatchObject({ status: "awaiting_approval" })
      const allowed = withOptions({ keysMay: ["approve", "reject", "reveal", "resolve", "decide"] })
      for (const attempt of tries(allowed)) {
        await attempt().catch((error) => expect(error.type).toBe("conflict"))
      }
      expect(await now(transfer.id)).toMatchObject({ status: "rejected" })
    })

    it("is nothing that an admin can give who was invited after the transfer was made", async () => {
      const { payouts, made, clock } = shop()
      const transfer = await made()
      clock.advance(1)
      const invited = { ...anAdmin("dora"), since: clock.now() }
      await expect(payouts.approveTransfer(transfer.id, invited)).rejects.toThrow(
        "You became an admin after"
      )
    })

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
