import { join } from "node:path"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { Migrator } from "@medusajs/framework/mikro-orm/migrations"
import { mikroOrmCreateConnection } from "@medusajs/framework/utils"
import {
  createJournalDatabase,
  newOrder,
  newException,
} from "../../modules/payment-journal/__tests__/fixtures"
import { PostgresJournal } from "../../modules/payment-journal/repositories/journal"
import {
  PostgresExceptions,
  exceptionKinds,
} from "../../modules/payment-journal/repositories/exceptions"
import { createPayoutDatabase } from "../../modules/payout/__tests__/payout-database"
import {
  alice,
  newBeneficiary,
  newTransfer,
  payoutsUnderTest,
} from "../../modules/payout/__tests__/payouts-under-test"
import { dropVariable } from "../refuse-drop"
import type { ModuleDatabase } from "./module-database"

const modules = join(__dirname, "..", "..", "modules")

/** What a shop has in the journal: every kind of entry, open and settled, and of some references several. */
async function fillJournal(connection: Knex): Promise<void> {
  const journal = new PostgresJournal(connection)
  const exceptions = new PostgresExceptions(connection)
  for (const kind of exceptionKinds) {
    const { order } = await journal.openOrder(newOrder())
    for (const amount of ["10.00", "25.00"]) {
      const found = newException(order.reference, { kind, amount, received_amount: amount })
      const { payment } = await exceptions.note(found)
      await exceptions.settle(
        payment.id,
        { state: "closed" },
        { actor: "user_1", action: "closed", note: "seen" }
      )
    }
    await exceptions.note(newException(order.reference, { kind, amount: "60.00" }))
  }
}

async function fillPayouts(connection: Knex): Promise<void> {
  const { payouts } = payoutsUnderTest(connection)
  const beneficiary = await payouts.addBeneficiary(newBeneficiary(), alice)
  await payouts.makeTransfer(newTransfer(beneficiary), alice)
  await payouts.changeBeneficiary(beneficiary.id, { name: "Ana" }, alice)
}

const cases = [
  {
    module: "payment-journal",
    create: createJournalDatabase,
    fill: fillJournal,
    told: /: \d+ in gateway_order, \d+ in payment_exception\. /,
  },
  {
    module: "payout",
    create: createPayoutDatabase,
    fill: fillPayouts,
    told: /: 1 in payout_transfer, 1 in payout_beneficiary\. /,
  },
]

describe.each(cases)("the migrations of $module", ({ module, create, fill, told }) => {
  let database: ModuleDatabase
  let connection: Knex

  beforeAll(async () => {
    database = await create()
    connection = database.connect(3)
  })

  afterAll(async () => {
    await database?.drop()
  })

  afterEach(() => {
    Reflect.deleteProperty(process.env, dropVariable)
  })

  it("do not go down over rows that tell of money, unless they are told to", async () => {
    await fill(connection)
    const before = await schemaOf(connection)
    const { migrator, close } = await migratorOf(database, module)
    try {
      await expect(migrator.down()).rejects.toThrow(told)
      await expect(migrator.down()).rejects.toThrow(`set ${dropVariable}=yes`)
      expect(await schemaOf(connection)).toEqual(before)
    } finally {
      await close()
    }
  })

  it("go down and up again over the rows of a shop, each of them, and come to the same tables", async () => {
    const before = await schemaOf(connection)
    const { migrator, close } = await migratorOf(database, module)
    process.env[dropVariable] = "yes"
    try {
      const applied = await goDown(migrator)
      expect(await schemaOf(connection)).toEqual([])
      expect(await migrator.up()).toHaveLength(applied)
    } finally {
      await close()
    }
    expect(await schemaOf(connection)).toEqual(before)
  })

  it("go down by themselves where a shop took no payment yet", async () => {
    const { migrator, close } = await migratorOf(database, module)
    try {
      await goDown(migrator)
      expect(await schemaOf(connection)).toEqual([])
    } finally {
      await close()
    }
  })

  /** Each of them by itself, as `db:rollback` does it. @returns how many there are */
  async function goDown(migrator: Migrator): Promise<number> {
    const applied: { name: string }[] = await connection("mikro_orm_migrations")
    for (const { name } of applied) {
      const [down] = await migrator.down()
      expect({ name, down }).toEqual({ name, down: expect.anything() })
    }
    return applied.length
  }
})

async function migratorOf(database: ModuleDatabase, module: string) {
  const orm = await mikroOrmCreateConnection(
    { clientUrl: database.url, schema: "public", snapshot: false },
    [],
    join(modules, module, "migrations")
  )
  return { migrator: new Migrator(orm.em), close: async () => await orm.close() }
}

/** Every column, index and constraint, as texts. */
async function schemaOf(connection: Knex): Promise<string[]> {
  const { rows } = await connection.raw<{ rows: { line: string }[] }>(`
    select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' ||
      coalesce(column_default, '') as line
      from information_schema.columns where table_schema = 'public' and table_name <> 'mikro_orm_migrations'
    union all
    select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'mikro_orm_migrations'
    union all
    select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace and conrelid::regclass::text <> 'mikro_orm_migrations'
    order by line`)
  return rows.map(({ line }) => line)
}
