import { PayoutModuleService } from "../service"
import { FakePayoutProvider } from "./fake-provider"
import { createPayoutDatabase, everythingKept, type PayoutDatabase } from "./payout-database"
import {
  accountNumber,
  alice,
  bob,
  carol,
  encryption,
  key,
  newBeneficiary,
  newTransfer,
  otherKey,
  providerId,
} from "./payouts-under-test"
import { describeShop } from "./shop"

describe("module", () => {
  describe("The payout module in a store", () => {
    let database: PayoutDatabase

    beforeAll(async () => {
      database = await createPayoutDatabase({
        encryption,
        providers: [{ resolve: { services: [FakePayoutProvider] }, id: "main" }],
      })
    })

    afterAll(async () => {
      await database?.drop()
    })

    function service(): PayoutModuleService {
      if (!(database.service instanceof PayoutModuleService)) {
        throw new Error("Medusa made no service of the module")
      }
      return database.service
    }

    it("loads the providers of its option, and shows its rows to Medusa's queries", async () => {
      const payouts = service()
      expect(payouts.listProviders()).toMatchObject([{ id: "po_acme_main", title: "Acme Pay" }])
      const beneficiary = await payouts.addBeneficiary(newBeneficiary(), alice)
      const { transfer } = await payouts.makeTransfer(newTransfer(beneficiary), alice)

      const { data } = await database.query.graph({
        entity: "payout_transfer",
        fields: ["*"],
        filters: { reference: transfer.reference },
      })
      expect(data).toMatchObject([
        {
          id: transfer.id,
          amount: 1500,
          raw_amount: { value: "1500.00" },
          status: transfer.status,
        },
      ])
      const [listed, total] = await payouts.listAndCountPayoutTransfers({
        status: "awaiting_approval",
      })
      expect([listed[0]?.id, total]).toEqual([transfer.id, 1])
      expect(await payouts.retrievePayoutBeneficiary(beneficiary.id)).toMatchObject({
        account_hint: "••••3322",
      })
    })

    it("lets nobody write its rows around the rules", async () => {
      const payouts = service()
      const [transfer] = await payouts.listPayoutTransfers({})
      const change = { id: transfer?.id ?? "", status: "approved" as const }
      await expect(payouts.updatePayoutTransfers(change)).rejects.toThrow(
        "updatePayoutTransfers would go around the rules of payouts"
      )
      await expect(payouts.deletePayoutTransfers(change.id)).rejects.toThrow("go around the rules")
      await expect(payouts.softDeletePayoutBeneficiaries([])).rejects.toThrow("go around the rules")
    })
  })
})

describe("accounts", () => {
  const idNumber = "PH-4455667788"

  describeShop("An account", (shop) => {
    it("is in no column, no event and no log line, whatever happens", async () => {
      const { payouts, gateway, connection, logged, events, approved, clock } = shop()
      const wanted = newBeneficiary({ identity: { id_number: idNumber } })
      const beneficiary = await payouts.addBeneficiary(wanted, carol)
      expect(gateway.told).toMatchObject([{ identity: { id_number: idNumber } }])
      expect(beneficiary).toMatchObject({
        account_hint: "••••3322",
        identity_hints: { id_number: "••••7788" },
      })
      for (const amount of ["1.00", "2.00", "3.00"]) {
        await approved({ beneficiary_id: beneficiary.id, amount })
      }
      const thrown = (order: { account: Readonly<Record<string, string>> }) => {
        throw new Error(`can't pay ${order.account.account_number}`)
      }
      gateway.nextSends.push(async (order) => thrown(order))
      gateway.nextSends.push(async () => ({
        outcome: "failed",
        message: `no account ${accountNumber}`,
      }))
      gateway.nextReports.push(async (order) => thrown(order))
      await payouts.submitDue(10)
      clock.advance(3_600_000)
      await payouts.refreshDue(10)
      gateway.nextBeneficiaries.push(async () => {
        throw new Error(accountNumber)
      })
      await payouts.addBeneficiary(wanted, carol)
      await payouts.revealAccount(beneficiary.id, bob)

      for (const text of [
        await everythingKept(connection),
        logged.join("\n"),
        JSON.stringify(events),
      ]) {
        expect(text).not.toContain(accountNumber)
        expect(text).not.toContain(idNumber)
      }
      expect(logged.length).toBeGreaterThan(2)
    })

    it("is shown in full to who asks for it, with an audit line", async () => {
      const { payouts, beneficiary, connection } = shop()
      const { id } = await beneficiary()
      expect(await payouts.revealAccount(id, bob)).toEqual({
        account_number: accountNumber,
        bank_code: "BDOX",
      })
      expect(await connection("payout_audit_line")).toMatchObject([
        { subject_id: id, actor: bob.id, action: "revealed", note: "Version 1" },
      ])
    })

    it("that somebody put into another row is sent nowhere", async () => {
      const { payouts, approved, connection, gateway, now, logged } = shop()
      const transfer = await approved()
      const other = await payouts.addBeneficiary(
        newBeneficiary({ account: { account_number: "666666666" } }),
        carol
      )
      const stolen = await connection("payout_beneficiary_version")
        .where({ id: other.version_id })
        .first()
      await connection("payout_beneficiary_version")
        .where({ id: transfer.beneficiary_version_id })
        .update({ encrypted_account: stolen.encrypted_account })
      await payouts.submitDue(10)
      expect(gateway.moves).toEqual([])
      expect(await now(transfer.id)).toMatchObject({ status: "awaiting_approval" })
      expect(logged.join("\n")).toContain(`Payout ${transfer.reference} was not sent`)
    })

    it("and amount that are not what was approved are sent nowhere", async () => {
      const { payouts, approved, connection, gateway, now } = shop()
      const dearer = await approved({ amount: "10.00" })
      await connection("payout_transfer")
        .where({ id: dearer.id })
        .update({ raw_amount: { value: "10000.00", precision: 20 } })
      const redirected = await approved({ amount: "20.00" })
      const other = await payouts.addBeneficiary(newBeneficiary(), carol)
      await connection("payout_transfer")
        .where({ id: redirected.id })
        .update({ beneficiary_id: other.id, beneficiary_version_id: other.version_id })
      const unsigned = await approved({ amount: "30.00" })
      await connection("payout_transfer")
        .where({ id: unsigned.id })
        .update({ approval_signature: null })
      // The same account, so that only the signature's reference tells them apart.
      const swapped = await approved({ amount: "40.00" })
      await connection("payout_transfer")
        .where({ id: swapped.id })
        .update({ approval_signature: redirected.approval_signature })

      await payouts.submitDue(10)
      expect(gateway.moves.map(({ reference }) => reference)).not.toContain(dearer.reference)
      for (const { id } of [dearer, unsigned, swapped]) {
        expect(await now(id)).toMatchObject({
          status: "awaiting_approval",
          reason: expect.stringContaining("is not what was approved"),
          approved_by: null,
        })
      }
    })

    it("is encrypted anew with the present key, and the old one is not needed any more", async () => {
      const { beneficiary, approved, withOptions, connection, gateway } = shop()
      const { id } = await beneficiary()
      const transfer = await approved()
      const both = withOptions({ encryption: { keyId: "2", keys: { "1": key, "2": otherKey } } })
      expect(await both.revealAccount(id, bob)).toMatchObject({ account_number: accountNumber })
      const onlyNew = { encryption: { keyId: "2", keys: { "2": otherKey } } }
      await expect(withOptions(onlyNew).revealAccount(id, bob)).rejects.toThrow(
        'An account is encrypted with the key "1", which the option payouts.encryption.keys'
      )
      expect(await both.rotateKeys(1)).toBe(1)
      expect(await both.rotateKeys(10)).toBe(1)
      expect(await both.rotateKeys(10)).toBe(0)
      expect(await connection("payout_beneficiary_version").pluck("key_id")).toEqual(["2", "2"])
      expect(await withOptions(onlyNew).revealAccount(id, bob)).toMatchObject({
        account_number: accountNumber,
      })

      // What was approved under the old key has to be approved anew.
      await withOptions(onlyNew).submitDue(10)
      expect(gateway.moves).toEqual([])
      expect(await connection("payout_transfer").where({ id: transfer.id }).first()).toMatchObject({
        status: "awaiting_approval",
        reason: expect.stringContaining('approved under the key "1"'),
      })
    })

    it("says which old key is needed still, and by what, until the last approval under it is used", async () => {
      const { payouts, approved, elsewhere, connection } = shop()
      const transfer = await approved()
      const both = { keyId: "2", keys: { "1": key, "2": otherKey } }
      const later = elsewhere(connection, { encryption: both })
      expect(await payouts.oldKeys()).toEqual([])
      expect(await later.oldKeys()).toEqual([{ key_id: "1", accounts: 1, files: 0, approvals: 2 }])
      await later.rotateKeys(10)
      expect(await later.oldKeys()).toEqual([{ key_id: "1", accounts: 0, files: 0, approvals: 2 }])
      await later.submitTransfer(transfer.id, bob)
      expect(await later.oldKeys()).toEqual([{ key_id: "1", accounts: 0, files: 0, approvals: 0 }])
      // A server that was not started anew yet reads nothing that the new key wrote, once it knows that key.
      const between = elsewhere(connection, { encryption: { ...both, keyId: "1" } })
      await expect(between.revealAccount(transfer.beneficiary_id, bob)).resolves.toBeDefined()
    })

    it("whose key is missing keeps the transfer waiting and says so", async () => {
      const { approved, withOptions, now, logged, clock } = shop()
      const transfer = await approved()
      const payouts = withOptions({ encryption: { keyId: "2", keys: { "2": otherKey } } })
      expect(await payouts.submitDue(10)).toBe(0)
      expect(logged.join("\n")).toContain('encrypted with the key "1"')
      expect(await now(transfer.id)).toMatchObject({
        status: "approved",
        next_check_at: new Date(clock.now().getTime() + 300_000),
      })
    })
  })

  describeShop("A beneficiary", (shop) => {
    it("is written down as pending before the gateway is told, and is what the gateway says", async () => {
      const { payouts, gateway, connection } = shop()
      gateway.nextBeneficiaries.push(async () => {
        expect(await connection("payout_beneficiary")).toMatchObject([{ status: "pending" }])
        return { status: "active", account: { account_number: "123456789012" } }
      })
      const wanted = newBeneficiary()
      const active = await payouts.addBeneficiary(wanted, carol)
      expect(active).toMatchObject({ status: "active", account_hint: "••••9012", reason: null })
      expect(await payouts.revealAccount(active.id, bob)).toEqual({
        account_number: "123456789012",
      })

      gateway.nextBeneficiaries.push(async () => ({
        status: "rejected",
        code: "B7",
        message: "no",
      }))
      expect(await payouts.addBeneficiary(wanted, carol)).toMatchObject({
        status: "rejected",
        reason: "The gateway refused it (B7: no)",
      })
    })

    it("whose answer was lost stays pending until a person decides", async () => {
      const { payouts, gateway, connection } = shop()
      gateway.nextBeneficiaries.push(async () => {
        throw new Error("timeout")
      })
      const { id, status } = await payouts.addBeneficiary(newBeneficiary(), carol)
      expect(status).toBe("pending")
      await expect(payouts.makeTransfer(newTransfer({ id }), alice)).rejects.toThrow("is pending")
      const decision = {
        status: "active",
        account: { account_number: "555555555" },
        note: "it is in the dashboard",
      } as const
      expect(await payouts.decideBeneficiary(id, decision, bob)).toMatchObject({
        status: "active",
        version: 2,
        edited_by: bob.id,
        account_hint: "••••5555",
      })
      await expect(payouts.decideBeneficiary(id, decision, bob)).rejects.toMatchObject({
        type: "conflict",
      })
      expect(await connection("payout_audit_line").orderBy("id")).toMatchObject([
        { actor: bob.id, action: "decided: active", note: "it is in the dashboard" },
        { action: "changed", actor: bob.id },
      ])
    })

    it("keeps its account where the gateway tells another after a person decided", async () => {
      const { payouts, gateway, connection, logged } = shop()
      gateway.nextBeneficiaries.push(async () => {
        const { id } = await connection("payout_beneficiary").first()
        const decision = { status: "active", note: "it is in the dashboard" } as const
        await payouts.decideBeneficiary(id, decision, bob)
        return { status: "active", account: { account_number: "666666666" } }
      })
      const decided = await payouts.addBeneficiary(newBeneficiary(), carol)
      expect(decided).toMatchObject({ status: "active", account_hint: "••••3322" })
      expect(await payouts.revealAccount(decided.id, bob)).toMatchObject({
        account_number: accountNumber,
      })
      expect(logged.join("\n")).toContain("changes nothing")
    })

    it("keeps what a change leaves out, and an unchanged account in the new version", async () => {
      const { payouts, beneficiary, gateway, connection } = shop()
      const first = await beneficiary()
      const changed = await payouts.changeBeneficiary(first.id, { name: "Juana", phone: null }, bob)
      expect(changed).toMatchObject({
        status: "active",
        version: 2,
        name: "Juana",
        email: "juan@example.com",
        phone: null,
        account_hint: "••••3322",
        created_by: carol.id,
        edited_by: bob.id,
      })
      expect(gateway.told).toHaveLength(1)
      expect(await payouts.revealAccount(first.id, bob)).toMatchObject({
        account_number: accountNumber,
      })
      const versions = await connection("payout_beneficiary_version").orderBy("version")
      expect(versions).toMatchObject([
        { version: 1, name: "Juan dela Cruz", edited_by: carol.id },
        { version: 2, name: "Juana", edited_by: bob.id },
      ])
      expect(versions[0].encrypted_account).not.toBe(versions[1].encrypted_account)
    })

    it("is not made of fields that its provider does not have, and no error holds a value", async () => {
      const { payouts, connection } = shop()
      const account = { account_number: "12ab", iban: "GB82WEST", bank_code: " " }
      const message: string = await payouts.addBeneficiary(newBeneficiary({ account }), carol).then(
        () => "it was made",
        (error) => error.message
      )
      expect(message).toContain("account.iban: there is no such field")
      expect(message).toContain("account.account_number: Account number is not what it must")
      expect(message).not.toMatch(/12ab|GB82WEST/)
      expect(await connection("payout_beneficiary")).toEqual([])
    })

    it("says what its gateway can send, where it tells", async () => {
      const { payouts, gateway } = shop()
      expect(await payouts.retrieveBalance(providerId)).toEqual([
        { currencyCode: "php", available: "1000000.00" },
      ])
      expect(payouts.listProviders()).toMatchObject([{ id: providerId, title: "Acme Pay" }])
      gateway.retrieveBalance = async () => {
        throw new Error("secret")
      }
      await expect(payouts.retrieveBalance(providerId)).rejects.toThrow(
        "Acme Pay could not be asked for the balance. Try again later"
      )
    })
  })
})
