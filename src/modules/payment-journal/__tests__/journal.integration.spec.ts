import { inspect } from "node:util"
import { asValue } from "@medusajs/framework/awilix"
import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, createMedusaContainer } from "@medusajs/framework/utils"
import { keepValuesOutOfErrors } from "../../../shared/database-errors"
import { PostgresJournal } from "../repositories/journal"
import { PostgresExceptions } from "../repositories/exceptions"
import { describeJournalContract } from "./journal-contract"
import {
  createJournalDatabase,
  type JournalDatabase,
  ManualClock,
  neverAsked,
  newMoney,
  newOrder,
  newException,
  openedOrder,
  refundOf,
  times,
} from "./fixtures"

const allButDate = [
  "hrtime",
  "nextTick",
  "performance",
  "queueMicrotask",
  "setImmediate",
  "clearImmediate",
  "setInterval",
  "clearInterval",
  "setTimeout",
  "clearTimeout",
] as const

describe("PostgresJournal", () => {
  const clock = new ManualClock()
  let database: JournalDatabase
  let connection: Knex
  let journal: PostgresJournal
  let elsewhere: PostgresJournal

  beforeAll(async () => {
    database = await createJournalDatabase()
    connection = database.connect(5)
    await createLinkTable(connection)
    journal = new PostgresJournal(connection, clock.now)
    elsewhere = new PostgresJournal(database.connect(5), clock.now)
  })

  afterAll(async () => {
    await database?.drop()
  })

  const linkCart = async (paymentCollectionId: string, cartId: string) => {
    await connection("cart_payment_collection").insert({
      id: `capaycol_${paymentCollectionId}`,
      payment_collection_id: paymentCollectionId,
      cart_id: cartId,
    })
  }

  const listException = async (reference: string) => {
    await new PostgresExceptions(connection).note(newException(reference))
  }

  describeJournalContract(() => ({ journal, elsewhere, clock, linkCart, listException }))

  describe("the cart", () => {
    it("is none where Medusa took the link away", async () => {
      await linkCart("pay_col_dismissed", "cart_dismissed")
      await connection("cart_payment_collection")
        .where({ cart_id: "cart_dismissed" })
        .update({ deleted_at: clock.now() })

      const { order } = await journal.openOrder(
        newOrder({ payment_collection_id: "pay_col_dismissed" })
      )

      expect(order.cart_id).toBeNull()
    })

    it("is none in a Medusa without carts, and the table is looked for once", async () => {
      await connection.schema.renameTable("cart_payment_collection", "set_aside")
      const withoutCarts = database.connect(1)
      const asked: string[] = []
      withoutCarts.on("query", ({ sql }: { sql: string }) => asked.push(sql))
      const fresh = new PostgresJournal(withoutCarts)
      try {
        const { order } = await fresh.openOrder(newOrder({ payment_collection_id: "pay_col_1" }))
        await fresh.openOrder(newOrder({ payment_collection_id: "pay_col_1" }))
        expect(order.cart_id).toBeNull()
        expect(asked.filter((sql) => sql.includes("information_schema"))).toHaveLength(1)
      } finally {
        await connection.schema.renameTable("set_aside", "cart_payment_collection")
      }
    })

    it("is looked for again after the database was away", async () => {
      let isAway = true
      const flaky = knex({
        client: "pg",
        connection: database.url,
        pool: {
          min: 0,
          max: 1,
          afterCreate: (raw: unknown, done: (error: Error | null, raw: unknown) => void) =>
            done(isAway ? new Error("the database is away") : null, raw),
        },
      })
      const fresh = new PostgresJournal(flaky)
      const input = newOrder({ payment_collection_id: "pay_col_1" })
      try {
        await expect(fresh.openOrder(input)).rejects.toThrow("the database is away")
        isAway = false
        expect(await fresh.openOrder(input)).toMatchObject({ isNew: true })
      } finally {
        await flaky.destroy()
      }
    })
  })

  it("attaches no money that is in an order's books, though somebody listed it", async () => {
    await createBooks(connection)
    const reference = await openedOrder(journal)
    const order = await journal.changeOrder(reference, { state: "paid" })
    await listException(reference)
    const input = {
      order_id: "order_2",
      payment_collection_id: "pay_col_booked",
      provider_id: "pp_acme_acme",
      purpose: "attach",
      reference,
    } as const
    const fresh = new PostgresJournal(connection, clock.now)
    const { id } = await fresh.requestPayment(input)
    await fresh.takePaymentRequest(id, { ...input, id: "payses_booked" })
    const book = { id: "pay_1", payment_session_id: order?.session_id, data: { reference } }
    await connection("payment").insert(book)
    await connection("capture").insert({ id: "capt_1", payment_id: "pay_1" })
    await connection("order_transaction").insert({ id: "ordtrx_1", reference_id: "capt_1" })
    try {
      expect(await fresh.attachOrder(reference, "payses_booked")).toBeUndefined()
      await connection("payment").update({ canceled_at: clock.now() })
      expect(await fresh.attachOrder(reference, "payses_booked")).toMatchObject({
        attached_session_id: "payses_booked",
      })
    } finally {
      for (const table of ["payment", "capture", "order_transaction"]) {
        await connection.schema.dropTable(table)
      }
    }
  })

  it("keeps amounts exact where the shop's driver turns numeric into floats and leaves dates as text", async () => {
    const careless = knex({
      client: "pg",
      connection: {
        connectionString: database.url,
        types: {
          getTypeParser: (oid: number) => {
            if (oid === NUMERIC) return Number
            return oid === JSONB ? JSON.parse : String
          },
        },
      },
    })
    try {
      const amount = "12345678901234567890.12"
      const order = await openedOrder(journal, { amount })

      const found = await new PostgresJournal(careless).findOrder(order)

      expect(await careless("gateway_order").where({ reference: order }).first()).toMatchObject({
        amount: Number(amount),
      })
      expect(found).toMatchObject({ amount, requested_amount: "111.9888" })
      expect(found?.created_at).toEqual(clock.now())
    } finally {
      await careless.destroy()
    }
  })

  it("shows amounts to Medusa's queries as Medusa does: a number beside its exact value", async () => {
    const reference = await openedOrder(journal, { amount: "1234567.89" })
    await journal.beginOperation(refundOf(reference, { amount: "111.9888" }), neverAsked)
    await journal.receiveMoney(newMoney(reference, { amount: "12345678901234567890" }))

    const read = async (entity: string, filters: Record<string, string>) =>
      (await database.query.graph({ entity, fields: ["*"], filters })).data

    expect(await read("gateway_order", { reference })).toMatchObject([
      {
        amount: 1234567.89,
        raw_amount: { value: "1234567.89", precision: 20 },
        requested_amount: 111.9888,
        state: "opening",
      },
    ])
    expect(await read("gateway_operation", { order_reference: reference })).toMatchObject([
      { amount: 111.9888, raw_amount: { value: "111.9888" } },
    ])
    expect(await read("received_money", { order_reference: reference })).toMatchObject([
      { raw_amount: { value: "12345678901234567890" } },
    ])
  })

  it("never gives a number out again, even where its row was soft-deleted", async () => {
    const input = newOrder()
    const { order } = await journal.openOrder(input)
    const start = await journal.beginOperation(refundOf(input.reference), neverAsked)
    await journal.receiveMoney(newMoney(input.reference))
    for (const table of ["gateway_order", "gateway_operation", "received_money"]) {
      await connection(table).update({ deleted_at: clock.now() })
    }

    expect(await journal.openOrder(input)).toMatchObject({ isNew: false, order: { id: order.id } })
    expect(await journal.receiveMoney(newMoney(input.reference))).toMatchObject({ isNew: false })
    expect(await journal.beginOperation(refundOf(input.reference), neverAsked)).toMatchObject({
      ...start,
      type: "under_way",
    })
  })

  it("does not lock itself out where Medusa is asked over the same small pool", async () => {
    const pool = database.connect(2)
    const narrow = new PostgresJournal(pool, clock.now)
    const order = await openedOrder(narrow)
    const start = await narrow.beginOperation(refundOf(order), neverAsked)
    if (start.type !== "begun") throw new Error(start.type)
    await narrow.settleOperation(start.operation.reference, { state: "done" })

    const answers = await Promise.all(
      times(20, (index) =>
        narrow.beginOperation(refundOf(order, { medusa_id: `ref_again_${index}` }), async (ids) => {
          await pool.raw("select pg_sleep(0.01)")
          return ids.filter((id) => id !== "ref_1")
        })
      )
    )

    const counts = answers.map(({ type }) => type)
    expect(counts.filter((type) => type === "adopted")).toHaveLength(1)
    expect(counts.filter((type) => type === "begun")).toHaveLength(1)
    expect(counts.filter((type) => type === "under_way")).toHaveLength(18)
  })

  it("gives up in time where another transaction holds the order, and has written nothing", async () => {
    const impatient = new PostgresJournal(connection, clock.now, 50)
    const order = await openedOrder(journal)
    const holder = await connection.transaction()
    try {
      await holder("gateway_order").where({ reference: order }).forUpdate().select("id")

      await expect(impatient.beginOperation(refundOf(order), neverAsked)).rejects.toThrow(
        `The refund of ${order} was not begun and nothing was sent to the gateway`
      )
    } finally {
      await holder.rollback()
    }
    expect(await journal.operationsOfOrder(order)).toEqual([])
    const [{ lock_timeout }] = (await connection.raw("show lock_timeout")).rows
    expect(lock_timeout).toBe("0")
    expect(await journal.beginOperation(refundOf(order), neverAsked)).toMatchObject({
      type: "begun",
    })
  })

  describe("of servers whose clocks differ by an hour", () => {
    const hourMs = 3_600_000

    async function anHourAhead<Result>(act: () => Promise<Result>): Promise<Result> {
      // Nothing but what time it is: the database's driver needs real timers.
      jest.useFakeTimers({ doNotFake: [...allButDate], now: Date.now() + hourMs })
      try {
        return await act()
      } finally {
        jest.useRealTimers()
      }
    }

    it("gives no operation that one is at work on to another that thinks its time is over", async () => {
      const journal = new PostgresJournal(connection)
      const intent = refundOf(await openedOrder(journal))
      expect((await journal.beginOperation(intent, neverAsked)).type).toBe("begun")
      const again = await anHourAhead(() => journal.beginOperation(intent, neverAsked))
      expect(again.type).toBe("under_way")
    })

    it("gives no order that one asks about to another that thinks its time is over", async () => {
      const journal = new PostgresJournal(connection)
      const provider_id = "pp_acme_skewed"
      const reference = await openedOrder(journal, { provider_id })
      await journal.scheduleOrderCheck(reference, new Date(0))
      const claim = async () => {
        const due = new Date()
        const orders = await journal.claimOrdersToCheck({
          provider_id,
          due,
          lease_ms: 60_000,
          limit: 9,
        })
        return orders.map((order) => order.reference)
      }
      expect(await claim()).toEqual([reference])
      expect(await anHourAhead(claim)).toEqual([])
    })
  })

  it("keeps what it was to write down out of the error where the database refuses it, in a transaction too", async () => {
    const refusing = database.connect(1)
    const container = createMedusaContainer()
    container.register(ContainerRegistrationKeys.PG_CONNECTION, asValue(refusing))
    await keepValuesOutOfErrors({ container })
    await refusing.raw("set default_transaction_read_only = on")
    const details = { charge_with: { code: "284712345678901234" } }
    const order = newOrder({ details })
    const failures = await Promise.all([
      failureOf(new PostgresJournal(refusing).openOrder(order)),
      failureOf(
        refusing.transaction(async (transaction) => {
          await transaction("gateway_order").insert({ details })
        })
      ),
    ])
    for (const failure of failures) {
      expect(failure).toContain("read-only transaction")
      expect(failure).not.toContain(details.charge_with.code)
    }
  })

  it("tells what is wrong where the database is newer than the plugin", async () => {
    const order = await openedOrder(journal)
    await connection.raw("alter table gateway_order drop constraint gateway_order_state_check")
    await connection("gateway_order").where({ reference: order }).update({ state: "disputed" })

    await expect(journal.findOrder(order)).rejects.toThrow(
      /A row of the table gateway_order can't be read.+state.+Is the database newer/s
    )
  })
})

// PostgreSQL's numbers of its types.
const NUMERIC = 1700
const JSONB = 3802

/** What is read of Medusa's payments and of an order's ledger. */
async function createBooks(connection: Knex): Promise<void> {
  const columns = {
    payment: ["payment_session_id", "canceled_at"],
    capture: ["payment_id"],
    order_transaction: ["reference_id"],
  }
  for (const [name, own] of Object.entries(columns)) {
    await connection.schema.createTable(name, (table) => {
      for (const column of ["id", "deleted_at", ...own]) {
        table.text(column).nullable()
      }
      table.jsonb("data").nullable()
    })
  }
}

/** As Medusa's link module makes it; reading it is all that the journal does. */
async function createLinkTable(connection: Knex): Promise<void> {
  await connection.schema.createTable("cart_payment_collection", (table) => {
    table.string("cart_id", 255).notNullable()
    table.string("payment_collection_id", 255).notNullable()
    table.string("id", 255).notNullable()
    table.timestamp("created_at").notNullable().defaultTo(connection.fn.now())
    table.timestamp("updated_at").notNullable().defaultTo(connection.fn.now())
    table.timestamp("deleted_at").nullable()
    table.primary(["cart_id", "payment_collection_id"])
  })
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    return inspect(error)
  }
  throw new Error("It was not refused")
}
