import { bob, carol, alice, newBeneficiary, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

describeShop("What a shop keeps with payouts for itself", (shop) => {
  it("names one transfer alone, whoever asks at the same time on two servers", async () => {
    const { payouts, connection, otherServer, beneficiary } = shop()
    const known = await beneficiary()
    const wanted = newTransfer(known, { external_id: "settlement 7", metadata: { month: 5 } })
    const tries = await Promise.allSettled(
      [payouts, otherServer()].map((server) => server.makeTransfer(wanted, alice))
    )
    const refused = tries.filter((one) => one.status === "rejected")
    expect(refused).toHaveLength(1)
    const made = await connection("payout_transfer").first()
    expect(made.metadata).toEqual({ month: 5 })
    expect(refused[0]?.reason).toMatchObject({
      type: "conflict",
      message: expect.stringContaining(
        `settlement 7 is that of the transfer ${made.reference} (${made.id})`
      ),
    })
    // What comes past the module is stopped by the database.
    const another = { ...made, id: "potr_copy", reference: "P2", idempotency_key: "2" }
    await expect(connection("payout_transfer").insert(another)).rejects.toThrow(
      "payout_transfer_external_id_unique"
    )
  })

  it("is given again to another one only when the first has let it go", async () => {
    const { payouts, beneficiary, connection } = shop()
    const known = await beneficiary()
    const wanted = newTransfer(known, { external_id: "settlement 7" })
    const { transfer } = await payouts.makeTransfer(wanted, alice)
    await payouts.rejectTransfer(transfer.id, bob, "Not due")
    await expect(payouts.makeTransfer(wanted, alice)).rejects.toThrow("settlement 7")
    await payouts.changeTransfer(transfer.id, { external_id: null }, alice)
    const { transfer: second } = await payouts.makeTransfer(wanted, alice)
    expect(second).toMatchObject({ external_id: "settlement 7", status: "awaiting_approval" })
    const lines = await connection("payout_audit_line").where({ subject_id: transfer.id })
    expect(lines).toMatchObject([
      { actor: alice.id, action: "changed", note: "external_id: settlement 7, now none" },
    ])
    await expect(
      payouts.changeTransfer(transfer.id, { external_id: "settlement 7" }, alice)
    ).rejects.toThrow(second.reference)
  })

  it("changes nothing that was approved, and the name of a beneficiary does with it or not at all", async () => {
    const { payouts, approved, now, beneficiary, connection } = shop()
    const transfer = await approved()
    const id = transfer.beneficiary_id
    const other = await beneficiary()
    await payouts.changeBeneficiary(id, { external_id: "seller 1", metadata: { vip: true } }, carol)
    expect(await now(transfer.id)).toMatchObject({ status: "approved" })
    const kept = await connection("payout_beneficiary").where({ external_id: "seller 1" }).first()
    expect(kept).toMatchObject({ id, version: 1, metadata: { vip: true } })
    const both = { name: "Somebody else", external_id: "seller 1" }
    await expect(payouts.changeBeneficiary(other.id, both, carol)).rejects.toThrow(
      `seller 1 is that of the beneficiary ${id}`
    )
    const wrong = { external_id: "seller 2", account: { account_number: "1" } }
    await expect(payouts.changeBeneficiary(other.id, wrong, carol)).rejects.toThrow(
      "account_number"
    )
    const unchanged = await connection("payout_beneficiary").where({ id: other.id }).first()
    expect(unchanged).toMatchObject({ version: 1, name: other.name, external_id: null })
  })

  it("lets a new beneficiary have the id of one that is disabled", async () => {
    const { payouts } = shop()
    const wanted = newBeneficiary({ external_id: "seller 1" })
    const { id } = await payouts.addBeneficiary(wanted, carol)
    await payouts.disableBeneficiary(id, carol)
    await expect(payouts.addBeneficiary(wanted, carol)).rejects.toThrow(id)
    await payouts.changeBeneficiary(id, { external_id: null }, carol)
    const next = await payouts.addBeneficiary(wanted, carol)
    expect(next).toMatchObject({ status: "active", external_id: "seller 1" })
  })

  it("refuses the lines of a file that share one, or have that of a transfer", async () => {
    const { payouts, beneficiary } = shop()
    const known = await beneficiary()
    const { transfer } = await payouts.makeTransfer(newTransfer(known, { external_id: "a" }), alice)
    const lines = ["a", "b", "b"].map((external_id, nth) => ({
      line: nth + 2,
      transfer: newTransfer(known, { external_id, amount: `${nth + 1}.00` }),
    }))
    const { problems } = await payouts.checkImport(lines, alice)
    expect(problems).toMatchObject([
      {
        line: 2,
        message: `The external_id a is that of the transfer ${transfer.reference} already`,
      },
      { line: 4, message: "The external_id b is that of line 3 already" },
    ])
  })

  it("is whatever its fields are called, such as a word that the database's driver knows", async () => {
    const { payouts, made, now, connection } = shop()
    const metadata = { isRawInstance: "yes", toSQL: 1, "?": ":id" }
    const { id, beneficiary_id } = await made({ metadata })
    expect((await now(id)).metadata).toEqual(metadata)
    const changed = { ...metadata, isRawInstance: true }
    await payouts.changeTransfer(id, { metadata: changed }, alice)
    expect((await now(id)).metadata).toEqual(changed)
    await payouts.changeBeneficiary(beneficiary_id, { metadata }, carol)
    expect(await connection("payout_beneficiary").first()).toMatchObject({ metadata })
    const next = await payouts.addBeneficiary(newBeneficiary({ metadata }), carol)
    expect(next.metadata).toEqual(metadata)
  })

  it("stays with the first try when it is tried again", async () => {
    const { payouts, approved, gateway } = shop()
    const { id } = await approved({ external_id: "settlement 7", metadata: { month: 5 } })
    gateway.nextSends.push(async () => ({ outcome: "failed" }))
    await payouts.submitTransfer(id, alice)
    const retry = await payouts.retryTransfer(id, alice)
    expect(retry).toMatchObject({ external_id: null, metadata: { month: 5 }, retry_of_id: id })
  })
})

describeShop("Whom transfers are found by", (shop) => {
  /** As the routes ask. */
  const found = async (filters: Record<string, unknown>) => {
    const { data } = await shop().database.query.graph({
      entity: "payout_transfer",
      fields: ["id"],
      filters,
    })
    return data.map(({ id }) => id)
  }

  it("is who they pay as they show it, also after an edit, in the list as in the totals", async () => {
    const { payouts, gateway } = shop()
    const first = await payouts.addBeneficiary(newBeneficiary({ name: "Ana Cruz" }), carol)
    const { transfer } = await payouts.makeTransfer(
      newTransfer(first, { external_id: "settlement-77" }),
      alice
    )
    const seek = async (q: string) => {
      const { totals } = await payouts.totals({ q })
      return [await found({ q }), totals.map(({ count }) => count)]
    }
    for (const q of ["ana", "cruz", "3322", "settlement-77"]) {
      expect([q, await seek(q)]).toEqual([q, [[transfer.id], [1]]])
    }
    // The gateway gives an account of its own.
    gateway.nextBeneficiaries.push(async () => ({
      status: "active",
      account: { account_number: "1111222200009876", bank_code: "BDOX" },
    }))
    const account = { account_number: "1111222233334444", bank_code: "BDOX" }
    await payouts.changeBeneficiary(first.id, { name: "Ana Reyes", account }, carol)
    for (const [q, ids] of [
      ["reyes", [transfer.id]],
      ["9876", [transfer.id]],
      ["cruz", []],
      ["3322", []],
      ["4444", []],
    ] as const) {
      expect([q, await seek(q)]).toEqual([q, [ids, ids.map(() => 1)]])
    }
  })

  it("is how much they pay, exactly, and when they were approved", async () => {
    const { payouts, made, approved, clock } = shop()
    const { id: small } = await made({ amount: "0.10" })
    const { id: big } = await approved({ amount: "123456789012345.67" })
    const at = clock.now().toISOString()
    for (const [filter, ids] of [
      [{ amount: { $gt: "0.10" } }, [big]],
      [{ amount: { $lte: "0.10" } }, [small]],
      [{ amount: { $gte: "123456789012345.67", $lte: "123456789012345.67" } }, [big]],
      [{ amount: { $gt: "123456789012345.67" } }, []],
      [{ approved_at: { $gte: new Date(at) } }, [big]],
      [{ approved_at: { $lt: new Date(at) } }, []],
    ] as const) {
      expect([filter, await found(filter)]).toEqual([filter, ids])
      const { totals } = await payouts.totals(filter)
      expect([filter, totals.map(({ count }) => count)]).toEqual([filter, ids.map(() => 1)])
    }
  })

  it("adds up by provider, with what the gateway took", async () => {
    const { payouts, approved, made } = shop()
    for (const amount of ["10.00", "20.50"]) {
      await payouts.submitTransfer((await approved({ amount })).id, alice)
    }
    await made({ amount: "5.00" })
    const sums = await payouts.totals({})
    const paid = {
      status: "succeeded",
      currency_code: "php",
      count: 2,
      amount: "30.50",
      fees: "3.00",
    }
    const open = {
      status: "awaiting_approval",
      currency_code: "php",
      count: 1,
      amount: "5.00",
      fees: "0",
    }
    const provider_id = "po_acme_main"
    expect(sums).toEqual({
      totals: [open, paid],
      by_provider: [open, paid].map((total) => ({ provider_id, ...total })),
    })
  })
})
