import { accountNumber, alice, bob, carol, newBeneficiary, newTransfer } from "./payouts-under-test"
import { everythingKept } from "./payout-database"
import { describeShop } from "./shop"

describeShop("A beneficiary who is erased", (shop) => {
  const person = newBeneficiary({ phone: "+639171234567", metadata: { note: "Juan's brother" } })

  it("and was never paid leaves nothing of who they are in any table", async () => {
    const { payouts, connection } = shop()
    const { id } = await payouts.addBeneficiary(person, carol)
    await payouts.changeBeneficiary(id, { name: "Juan Luna", email: "luna@example.com" }, carol)
    expect(await payouts.eraseBeneficiary(id, alice)).toEqual({ id, result: "erased" })
    const kept = await everythingKept(connection)
    for (const word of ["Juan", "juan@", "luna@", "+639171234567", accountNumber.slice(-4)]) {
      expect(kept).not.toContain(word)
    }
    const rows = await connection("payout_beneficiary_version").where({ beneficiary_id: id })
    expect(rows.map(({ encrypted_account }) => encrypted_account)).toEqual([null, null])
    const lines = await connection("payout_audit_line").where({ subject_id: id, action: "erased" })
    expect(lines).toMatchObject([{ actor: alice.id }])
  })

  it("and was paid keeps the name and the account of what was paid, and nothing else", async () => {
    const { payouts, connection } = shop()
    const { id } = await payouts.addBeneficiary(person, carol)
    const { transfer } = await payouts.makeTransfer(newTransfer({ id }), alice)
    await payouts.approveTransfer(transfer.id, bob)
    expect(await payouts.eraseBeneficiary(id, carol)).toEqual({ id, result: "under_way" })
    expect(await connection("payout_beneficiary").where({ id }).first()).toMatchObject({
      email: "juan@example.com",
      status: "active",
    })
    await payouts.submitTransfer(transfer.id, bob)
    await payouts.changeBeneficiary(id, { name: "Juan Luna" }, carol)
    expect(await payouts.eraseBeneficiary(id, carol)).toEqual({ id, result: "kept_for_books" })
    const [paid, later] = await connection("payout_beneficiary_version")
      .where({ beneficiary_id: id })
      .orderBy("version")
    expect(paid).toMatchObject({ name: "Juan dela Cruz", email: null, phone: null })
    expect(paid.encrypted_account).not.toBeNull()
    expect(later).toMatchObject({ name: "erased", email: null, encrypted_account: null })
    expect(await connection("payout_beneficiary").where({ id }).first()).toMatchObject({
      name: "erased",
      status: "disabled",
      email: null,
      phone: null,
      metadata: null,
      account_hint: null,
    })
  })
})
