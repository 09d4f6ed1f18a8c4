import type { Knex } from "@medusajs/framework/mikro-orm/knex"
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
    ])
  })
})
