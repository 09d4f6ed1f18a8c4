import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ManualClock } from "../../../modules/payment-journal/__tests__/fixtures"
import {
  createPayoutDatabase,
  emptyTables,
  type PayoutDatabase,
} from "../../../modules/payout/__tests__/payout-database"
import {
  alice,
  bob,
  carol,
  newBeneficiary,
  newTransfer,
  payoutsServed,
} from "../../../modules/payout/__tests__/payouts-under-test"
import type { Actor } from "../../../modules/payout/actor"
import type { Transfer } from "../../../modules/payout/domain/transfer"
import type { PayoutModuleService } from "../../../modules/payout/service"
import { transferOf } from "../../../modules/payout/store/transfers"
import type { GatewayEvent } from "../../../shared/events"
import { BankFilePayoutProvider } from "../provider"
import { debtor, ibans } from "./a-file"
import { aStatement, type Booking } from "./a-statement"

export const providerId = "po_acme_main"

/** One more for each beneficiary: what goes to one account looks alike. */
const payees = [
  { name: "Đurđica Žganjer", iban: ibans.croatian, amount: "1500.00" },
  { name: "Šimun Ćosić", iban: ibans.german, amount: "0.01" },
  { name: "Ana Horvat", iban: "FR1420041010050500013M02606", amount: "20.50" },
]

/** A shop that pays by bank files, whose tables are empty before each test of the file that calls this. */
export function bankFileShop() {
  let database: PayoutDatabase
  let connection: Knex
  let second: Knex
  let clock: ManualClock
  let payouts: PayoutModuleService
  let logged: string[]
  let events: GatewayEvent[]

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
    clock = new ManualClock()
    logged = []
    events = []
    payouts = serve()
  })

  return {
    get connection() {
      return connection
    },
    get clock() {
      return clock
    },
    get payouts() {
      return payouts
    },
    get logged() {
      return logged
    },
    get events() {
      return events
    },
    serve,
    /** On another server, over another pool. */
    otherServer: () => serve({}, second),
    aBatch,
    aFile,
    upload,
    check,
    statuses,
    textOf,
  }

  function serve(options: Record<string, unknown> = {}, on = connection): PayoutModuleService {
    const provider = new BankFilePayoutProvider({}, { debtor })
    return payoutsServed({ connection: on, provider, now: clock.now, options, logged, events })
  }

  /** Carol makes the beneficiaries, Alice the transfers and their batch, Bob approves. */
  async function aBatch(count = payees.length, approve = true) {
    const transfers: Transfer[] = []
    for (const { name, iban, amount } of payees.slice(0, count)) {
      const beneficiary = await payouts.addBeneficiary(
        newBeneficiary({ name, account: { iban } }),
        carol
      )
      const wanted = newTransfer(beneficiary, { amount, currency_code: "eur" })
      transfers.push((await payouts.makeTransfer(wanted, alice)).transfer)
    }
    const batch = await payouts.makeBatch({ transfer_ids: transfers.map(({ id }) => id) }, alice)
    if (approve) {
      for (const { id } of transfers) {
        await payouts.approveTransfer(id, bob)
      }
    }
    return { id: batch.id, transfers }
  }

  async function aFile(count = payees.length) {
    const batch = await aBatch(count)
    const { files } = await payouts.makeFiles(batch.id, {}, alice)
    const [file] = files
    if (!file) {
      throw new Error("no file was made")
    }
    return { ...batch, file }
  }

  function upload(bookings: Booking[], settles: number, actor: Actor = bob) {
    const file = { provider_id: providerId, content: aStatement(bookings), file_name: "izvod.xml" }
    return payouts.importStatement(file, { settles }, actor)
  }

  function check(bookings: Booking[], actor: Actor = bob) {
    return payouts.checkStatement({ provider_id: providerId, content: aStatement(bookings) }, actor)
  }

  async function statuses(transfers: Transfer[]): Promise<string[]> {
    return await Promise.all(
      transfers.map(async ({ id }) => (await transferOf(connection, id)).status)
    )
  }

  async function textOf(id: string, actor: Actor = alice): Promise<string> {
    return (await payouts.downloadFile(id, actor)).content.toString("utf8")
  }
}

/** That the transfer was paid, as the bank books it. */
export function booking({ reference, amount }: Transfer, change: Partial<Booking> = {}): Booking {
  const bankReference = `B-${reference.slice(-4)}`
  return { amount, bankReference, parts: [{ endToEndId: reference }], ...change }
}
