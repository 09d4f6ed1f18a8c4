import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import {
  createJournalDatabase,
  type JournalDatabase,
} from "../../modules/payment-journal/__tests__/fixtures"
import { chosenBy } from "../database"

describe("rows that a query with a limit chooses", () => {
  let database: JournalDatabase
  let connection: Knex

  beforeAll(async () => {
    database = await createJournalDatabase()
    connection = database.connect(1)
    await connection.raw(
      "create temporary table things (id text not null, taken boolean not null default false)"
    )
    // A plan that PostgreSQL makes by itself where it thinks that there are few rows.
    for (const way of ["hashjoin", "mergejoin", "hashagg", "sort", "material"]) {
      await connection.raw(`set enable_${way} = off`)
    }
  })

  afterAll(async () => {
    await database?.drop()
  })

  beforeEach(async () => {
    await connection("things").delete()
    await connection("things").insert(["a", "b", "c", "d", "e", "f"].map((id) => ({ id })))
  })

  const free = () =>
    connection("things").select("id").where({ taken: false }).limit(2).forUpdate().skipLocked()

  it("are no more than its limit, whatever the plan", async () => {
    expect(await connection("things").where(chosenBy("id", free())).update({ taken: true })).toBe(2)
    expect(await connection("things").where(chosenBy("id", free())).update({ taken: true })).toBe(2)
    expect(await connection("things").where({ taken: true }).count({ all: "*" })).toEqual([
      { all: "4" },
    ])
  })

  it("would be more as a list, which is what they are chosen in another way for", async () => {
    expect(
      await connection("things").whereIn("id", free()).update({ taken: true })
    ).toBeGreaterThan(2)
  })
})
