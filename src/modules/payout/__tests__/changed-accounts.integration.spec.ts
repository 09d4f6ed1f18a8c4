import { alice, anAdmin, bob, carol, keyOf, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

jest.setTimeout(60_000)

const hour = 3_600_000
const account = { account_number: "1234567890", bank_code: "BDOX" }

describeShop("A change of a beneficiary", (shop) => {
  it("leaves a trail of who changed which field, never with a value of the account", async () => {
    const { payouts, beneficiary, connection } = shop()
    const { id } = await beneficiary()
    await payouts.changeBeneficiary(id, { phone: "0917", name: "Juana" }, bob)
    await payouts.changeBeneficiary(id, { account }, keyOf(alice, "apk_1"))
    await payouts.changeBeneficiary(id, { account: { ...account, bank_code: "BPIX" } }, bob)
    await payouts.changeBeneficiary(id, { phone: "0917" }, carol)
    const lines = await connection("payout_audit_line").where({ action: "changed" }).orderBy("id")
    expect(lines.map(({ actor, note }) => [actor, note])).toEqual([
      [bob.id, "Version 2: name, phone"],
      ["apk_1", "Version 3: account.account_number"],
      [bob.id, "Version 4: account.bank_code"],
      [carol.id, "Version 5: nothing"],
    ])
    const versions = await connection("payout_beneficiary_version").orderBy("version")
    expect(versions.map(({ changed_fields }) => changed_fields)).toEqual([
      [],
      ["name", "phone"],
      ["account.account_number"],
      ["account.bank_code"],
      [],
    ])
    expect(JSON.stringify(lines)).not.toContain(account.account_number)
  })

  it("is told as an event that leads to the contact of before", async () => {
    const { payouts, beneficiary, events, connection } = shop()
    const { id } = await beneficiary()
    const change = { account, email: "thief@example.com", phone: "0999" }
    const { version_id } = await payouts.changeBeneficiary(id, change, bob)
    expect(events.at(-1)).toEqual({
      name: "payout.beneficiary.account_changed",
      data: {
        id,
        provider_id: "po_acme_main",
        version: 2,
        version_id,
        changed_fields: ["email", "phone", "account.account_number"],
      },
    })
    const before = await connection("payout_beneficiary_version")
      .where({ beneficiary_id: id, version: 1 })
      .first()
    expect(before).toMatchObject({ email: "juan@example.com" })
    await payouts.changeBeneficiary(id, { name: "Juana" }, bob)
    expect(events.at(-1)).toMatchObject({
      name: "payout.beneficiary.changed",
      data: { changed_fields: ["name"] },
    })
    const told = events.length
    await payouts.changeBeneficiary(id, { name: "Juana" }, bob)
    expect(events).toHaveLength(told)
  })

  it("of the account lets nothing be paid to it for as long as the option says", async () => {
    const { withOptions, beneficiary, seen, clock, gateway } = shop()
    const payouts = withOptions({ accountCoolingOffHours: 24 })
    const known = await beneficiary()
    const { transfer } = await payouts.makeTransfer(newTransfer(known), alice)
    await payouts.changeBeneficiary(known.id, { account }, carol)
    // Neither another edit, nor the same account once more, ends or begins it anew.
    clock.advance(23 * hour)
    await payouts.changeBeneficiary(known.id, { name: "Juana", account }, carol)
    const approval = await seen(transfer.id)
    await expect(payouts.approveTransfer(transfer.id, bob, approval)).rejects.toThrow(
      "nothing is paid to it before 2030-01-02T00:00:00.000Z"
    )
    const blockers = await payouts.approvalBlockers([transfer.id], bob)
    expect(blockers.get(transfer.id)).toMatchObject({
      code: "cooling_off",
      message: expect.stringContaining("accountCoolingOffHours"),
    })
    clock.advance(hour)
    await payouts.approveTransfer(transfer.id, bob, approval)
    await payouts.submitDue(10)
    expect(gateway.moves).toMatchObject([{ account: account.account_number }])
  })

  it("of the account holds what would be sent at once, and not the first account of a new one", async () => {
    const { withOptions, beneficiary, clock, gateway, now } = shop()
    const payouts = withOptions({ approval: "none", accountCoolingOffHours: 24 })
    const [changed, fresh] = [await beneficiary(), await beneficiary()]
    await payouts.changeBeneficiary(changed.id, { account }, carol)
    const { transfer: held } = await payouts.makeTransfer(newTransfer(changed), alice)
    await payouts.makeTransfer(newTransfer(fresh), alice)
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(1)
    expect(await now(held.id)).toMatchObject({
      status: "awaiting_approval",
      reason: expect.stringContaining("nothing is paid to it before"),
    })
    clock.advance(24 * hour)
    await payouts.approveTransfer(held.id, anAdmin("dora"))
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(2)
  })
})
