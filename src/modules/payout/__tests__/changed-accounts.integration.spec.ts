import {
  alice,
  anAdmin,
  bob,
  carol,
  keyOf,
  newBeneficiary,
  newTransfer,
} from "./payouts-under-test"
import { describeShop } from "./shop"

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
        tell_version_ids: [expect.any(String)],
      },
    })
    const before = await connection("payout_beneficiary_version")
      .where({ beneficiary_id: id, version: 1 })
      .first()
    expect(before).toMatchObject({ email: "juan@example.com" })
    expect(events.at(-1)?.data).toMatchObject({ tell_version_ids: [before.id] })
    await payouts.changeBeneficiary(id, { name: "Juana" }, bob)
    expect(events.at(-1)).toMatchObject({
      name: "payout.beneficiary.changed",
      data: { changed_fields: ["name"] },
    })
    const told = events.length
    await payouts.changeBeneficiary(id, { name: "Juana" }, bob)
    expect(events).toHaveLength(told)
  })

  it("is told to the contacts of the last weeks, so that changing the e-mail first hides nothing", async () => {
    const { payouts, events, clock } = shop()
    const day = 24 * hour
    const { id, version_id: first } = await payouts.addBeneficiary(newBeneficiary(), carol)
    clock.advance(50 * day)
    const change = { email: "juana@example.com" }
    const { version_id: second } = await payouts.changeBeneficiary(id, change, bob)
    clock.advance(50 * day)
    await payouts.changeBeneficiary(id, { email: "thief@example.com" }, bob)
    await payouts.changeBeneficiary(id, { shop_name: "Juana's" }, bob)
    clock.advance(30 * day)
    await payouts.changeBeneficiary(id, { account }, bob)
    const told = events.at(-1)?.data
    expect(told).toMatchObject({ tell_version_ids: [expect.any(String), second] })
    expect(JSON.stringify(told)).not.toContain(first)
    expect(JSON.stringify(told)).not.toContain("@")
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

describeShop("Another beneficiary with the account that was changed", (shop) => {
  it("is paid no sooner, unless the account was paid before", async () => {
    const { withOptions, beneficiary, clock, gateway } = shop()
    const payouts = withOptions({ accountCoolingOffHours: 24 })
    const known = await beneficiary()
    await payouts.changeBeneficiary(known.id, { account }, carol)
    clock.advance(hour)
    const spelled = { ...account, account_number: "0001234567890" }
    const other = await payouts.addBeneficiary(newBeneficiary({ account: spelled }), carol)
    const { transfer } = await payouts.makeTransfer(newTransfer(other), alice)
    await expect(payouts.approveTransfer(transfer.id, bob)).rejects.toThrow(
      `the account of the beneficiary ${other.id} became that of another one at 2030-01-01`
    )
    expect((await payouts.approvalBlockers([transfer.id], bob)).get(transfer.id)?.code).toBe(
      "cooling_off"
    )
    clock.advance(23 * hour)
    await payouts.approveTransfer(transfer.id, bob)
    await payouts.submitTransfer(transfer.id, alice)
    expect(gateway.moves).toHaveLength(1)
    // It is known now: that it comes into one more beneficiary holds up nobody who had it.
    const third = await beneficiary()
    await payouts.changeBeneficiary(third.id, { account }, carol)
    const again = newTransfer(other, { purpose: "November", amount: "7.00" })
    const { transfer: next } = await payouts.makeTransfer(again, alice)
    await payouts.approveTransfer(next.id, bob)
  })

  it("stops what was approved before the change and is not sent", async () => {
    const { withOptions, beneficiary, gateway, now } = shop()
    const payouts = withOptions({ accountCoolingOffHours: 24 })
    const other = await payouts.addBeneficiary(newBeneficiary({ account }), carol)
    const { transfer } = await payouts.makeTransfer(newTransfer(other), alice)
    await payouts.approveTransfer(transfer.id, bob)
    await payouts.changeBeneficiary((await beneficiary()).id, { account }, carol)
    await payouts.submitDue(10)
    expect(gateway.moves).toEqual([])
    expect(await now(transfer.id)).toMatchObject({ status: "awaiting_approval" })
  })
})

describeShop("The same number at another bank", (shop) => {
  const { account_number } = account
  const at = (bank_code?: string) => ({
    account: { account_number, ...(bank_code === undefined ? {} : { bank_code }) },
  })

  it("is not the account that was changed, where both banks are known", async () => {
    const { withOptions, beneficiary } = shop()
    const payouts = withOptions({ accountCoolingOffHours: 24 })
    const known = await beneficiary()
    await payouts.changeBeneficiary(known.id, at("BPIX"), carol)
    const codeOf = async (bank?: string) => {
      const { id } = await payouts.addBeneficiary(newBeneficiary(at(bank)), carol)
      const request = newTransfer({ id }, { amount: bank === undefined ? "1.00" : "2.00" })
      const { transfer } = await payouts.makeTransfer(request, alice)
      return (await payouts.approvalBlockers([transfer.id], bob)).get(transfer.id)?.code
    }
    expect(await codeOf("bpix")).toBe("cooling_off")
    expect(await codeOf("MBTC")).toBeUndefined()
    expect(await codeOf()).toBe("cooling_off")
  })

  it("was never paid, where the one at this bank was", async () => {
    const { withOptions } = shop()
    const payouts = withOptions({ holdFirstPayment: true })
    const add = async (bank?: string) =>
      await payouts.addBeneficiary(newBeneficiary(at(bank)), carol)
    const isFirst = async (payee: { id: string }, amount: string) => {
      const { transfer } = await payouts.makeTransfer(newTransfer(payee, { amount }), alice)
      return { id: transfer.id, isFirst: transfer.first_payment_to !== null }
    }
    const paid = await add("BPIX")
    const first = await isFirst(paid, "1.00")
    await payouts.approveTransfer(first.id, bob, { first_payment_to: paid.version_id })
    await payouts.submitTransfer(first.id, alice)
    expect(await isFirst(await add("BPI-X"), "2.00")).toMatchObject({ isFirst: false })
    expect(await isFirst(await add("MBTC"), "3.00")).toMatchObject({ isFirst: true })
    // Nobody knows the bank of this one: it can be the same.
    expect(await isFirst(await add(), "4.00")).toMatchObject({ isFirst: false })
    // A change of the bank alone is one of the account, and back again.
    const { version_id } = await payouts.changeBeneficiary(paid.id, at("MBTC"), carol)
    expect(await isFirst(paid, "5.00")).toMatchObject({ isFirst: true })
    expect(version_id).not.toBe(paid.version_id)
    await payouts.changeBeneficiary(paid.id, at("BPIX"), carol)
    expect(await isFirst(paid, "6.00")).toMatchObject({ isFirst: false })
  })
})

describeShop("The first payment to an account", (shop) => {
  const options = { holdFirstPayment: true }

  it("is approved by its name alone, and the second one as any other", async () => {
    const { withOptions, beneficiary, now } = shop()
    const payouts = withOptions(options)
    const known = await beneficiary()
    const { transfer } = await payouts.makeTransfer(newTransfer(known), alice)
    expect(transfer).toMatchObject({
      first_payment_to: known.version_id,
      reason: expect.stringContaining("Nothing that was sent to this account has arrived before"),
    })
    for (const named of [{}, { first_payment_to: "pover_other" }]) {
      await expect(payouts.approveTransfer(transfer.id, bob, named)).rejects.toMatchObject({
        type: "conflict",
        message: expect.stringContaining(`approve it with first_payment_to ${known.version_id}`),
      })
    }
    const named = { first_payment_to: known.version_id }
    await payouts.approveTransfer(transfer.id, bob, named)
    // What is on its way has not arrived.
    const second = newTransfer(known, { amount: "2.00", purpose: "November" })
    const { transfer: meanwhile } = await payouts.makeTransfer(second, alice)
    expect(meanwhile.first_payment_to).toBe(known.version_id)
    await payouts.submitTransfer(transfer.id, alice)
    expect(await payouts.approveTransfer(meanwhile.id, bob)).toMatchObject({
      status: "approved",
      first_payment_to: null,
    })
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded", ...named })
  })

  it("is one in every beneficiary that has the account, and not where another one was paid", async () => {
    const { withOptions, beneficiary, gateway } = shop()
    const payouts = withOptions({ ...options, approval: "none" })
    const known = await beneficiary()
    const { transfer } = await payouts.makeTransfer(newTransfer(known), alice)
    expect(transfer.status).toBe("awaiting_approval")
    const paid = await payouts.approveTransfer(transfer.id, bob, {
      first_payment_to: known.version_id,
    })
    gateway.nextSends.push(async () => ({ outcome: "failed" }))
    await payouts.submitTransfer(paid.id, alice)
    const sameAccount = newBeneficiary({ account: gateway.told[0]?.account })
    const twin = await payouts.addBeneficiary(sameAccount, carol)
    const first = await payouts.makeTransfer(newTransfer(twin), alice)
    expect(first.transfer.first_payment_to).toBe(twin.version_id)
    await payouts.approveTransfer(first.transfer.id, bob, { first_payment_to: twin.version_id })
    await payouts.submitTransfer(first.transfer.id, alice)
    const next = newTransfer(known, { amount: "3.00", purpose: "November" })
    expect((await payouts.makeTransfer(next, alice)).transfer.status).toBe("approved")
    // Another account of theirs was never paid.
    await payouts.changeBeneficiary(known.id, { account }, carol)
    const last = newTransfer(known, { amount: "4.00", purpose: "December" })
    expect((await payouts.makeTransfer(last, alice)).transfer.status).toBe("awaiting_approval")
  })

  it("holds what waits already when the account is changed, under the new version", async () => {
    const { withOptions, beneficiary, now, seen } = shop()
    const payouts = withOptions(options)
    const known = await beneficiary()
    const { transfer: first } = await payouts.makeTransfer(newTransfer(known), alice)
    const named = { first_payment_to: known.version_id }
    await payouts.approveTransfer(first.id, bob, named)
    await payouts.submitTransfer(first.id, alice)
    const request = newTransfer(known, { amount: "2.00", purpose: "November" })
    const { transfer } = await payouts.makeTransfer(request, alice)
    expect(transfer.first_payment_to).toBeNull()
    const { version_id } = await payouts.changeBeneficiary(known.id, { account }, carol)
    expect(await now(transfer.id)).toMatchObject({ first_payment_to: version_id })
    const approval = await seen(transfer.id)
    await expect(payouts.approveTransfer(transfer.id, bob, approval)).rejects.toThrow(version_id)
    const both = { ...approval, first_payment_to: version_id }
    await payouts.approveTransfer(transfer.id, bob, both)
  })

  it("is told of each line of a file, and waits in the list of what waits for a person", async () => {
    const { withOptions, beneficiary } = shop()
    const payouts = withOptions({ ...options, approval: "none" })
    const known = await beneficiary()
    const lines = [{ line: 2, transfer: newTransfer(known) }]
    const { held } = await payouts.checkImport(lines, alice)
    expect(held).toEqual([{ line: 2, reason: expect.stringContaining("arrived"), same_as: null }])
    const { transfer } = await payouts.makeTransfer(newTransfer(known), alice)
    expect((await payouts.waitingForPerson(10)).map(({ id }) => id)).toEqual([transfer.id])
  })
})
