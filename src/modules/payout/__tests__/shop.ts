import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Beneficiary } from "../domain/beneficiary"
import type { PayoutModuleService } from "../service"
import { transferOf } from "../store/transfers"
import type { NewTransfer, Transfer, TransferApproval } from "../domain/transfer"
import { createPayoutDatabase, emptyTables, type PayoutDatabase } from "./payout-database"
import {
  accountNumber,
  alice,
  bob,
  carol,
  newBeneficiary,
  newTransfer,
  payoutsUnderTest,
  type PayoutsUnderTest,
} from "./payouts-under-test"

/** A shop whose tables are empty before each test. */
export type Shop = PayoutsUnderTest & {
  connection: Knex
  database: PayoutDatabase
  /** The same shop with other options. */
  withOptions(options: Record<string, unknown>): PayoutModuleService
  /** The same shop on another server, over another pool. */
  otherServer(options?: Record<string, unknown>): PayoutModuleService
  beneficiary(): Promise<Beneficiary>
  /** Waits for an approval. */
  made(change?: Partial<NewTransfer>): Promise<Transfer>
  approved(change?: Partial<NewTransfer>): Promise<Transfer>
  now(id: string): Promise<Transfer>
  /** What an approval says of whoever has looked at the transfer just now. */
  seen(id: string): Promise<TransferApproval>
  /** As `from -> to`, oldest first. */
  ways(id: string): Promise<string[]>
}

/** @param options the plugin's option `payouts`, but for what every test needs */
export function describeShop(
  name: string,
  suite: (shop: () => Shop) => void,
  options: Record<string, unknown> = {}
): void {
  describe(name, () => {
    let database: PayoutDatabase
    let connection: Knex
    let second: Knex
    let shop: Shop

    beforeAll(async () => {
      database = await createPayoutDatabase()
      connection = database.connect(5)
      second = database.connect(5)
    })

    afterAll(async () => {
      await database?.drop()
    })

    beforeEach(async () => {
      await emptyTables(connection)
      const parts = payoutsUnderTest(connection, options)
      const { payouts } = parts
      let beneficiaries = 0
      // Each with an account of its own: what goes to one account looks alike.
      const beneficiary = () => {
        const account_number = beneficiaries === 0 ? accountNumber : `55554444${beneficiaries}`
        beneficiaries += 1
        const account = { account_number, bank_code: "BDOX" }
        return payouts.addBeneficiary(newBeneficiary({ account }), carol)
      }
      const made = async (change: Partial<NewTransfer> = {}) => {
        const known = change.beneficiary_id ? { id: change.beneficiary_id } : await beneficiary()
        return (await payouts.makeTransfer(newTransfer(known, change), alice)).transfer
      }
      shop = {
        ...parts,
        connection,
        database,
        withOptions: (changed) => parts.elsewhere(connection, changed),
        otherServer: (changed) => parts.elsewhere(second, changed),
        beneficiary,
        made,
        approved: async (change) => {
          const { id, same_as_id } = await made(change)
          return await payouts.approveTransfer(id, bob, same_as_id ? { same_as_id } : {})
        },
        now: (id) => transferOf(connection, id),
        seen: async (id) => {
          const { beneficiary_version_id } = await transferOf(connection, id)
          return { beneficiary_version_id }
        },
        ways: async (id) =>
          (await payouts.eventsOf(id)).map(
            ({ from_status, to_status }) => `${from_status} -> ${to_status}`
          ),
      }
    })

    suite(() => shop)
  })
}
