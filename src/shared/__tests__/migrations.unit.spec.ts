import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { notAdditive } from "./additive-migration"

const modules = join(__dirname, "../../modules")

const migrations = readdirSync(modules).flatMap((module) => {
  const folder = join(modules, module, "migrations")
  return readdirSync(folder)
    .filter((file) => file.startsWith("Migration"))
    .map((file) => ({ name: `${module}/${file}`, text: readFileSync(join(folder, file), "utf8") }))
})

/** What each migration runs upwards, statement by statement. */
function upwards(text: string): string[] {
  const [up = ""] = text.slice(text.indexOf("async up")).split("async down")
  return [...up.matchAll(/addSql\(\s*(["'`])(.*?)\1\s*,?\s*\)/gs)].map(([, , sql = ""]) => sql)
}

describe("the plugin's migrations", () => {
  it.each(migrations)(
    "only add, so that servers of the version before go on: $name",
    ({ text }) => {
      const statements = upwards(text)
      expect(statements.length).toBeGreaterThan(0)
      expect(notAdditive(statements)).toEqual([])
    }
  )
})

describe("the plugin's migrations, taken back", () => {
  const dropping = migrations
    .map(({ name, text }) => ({ name, down: text.slice(text.indexOf("async down")) }))
    .filter(({ down }) => /drop (?:table|column)/i.test(down))

  it.each(dropping)("drop nothing while rows tell of money: $name", ({ down }) => {
    const asked = down.indexOf("await refuseDrop(this, [")
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(down.search(/addSql|execute/))
  })
})

describe("a migration that the version before could not live with", () => {
  const before = [`create table if not exists "made_here" ("id" text not null);`]

  it.each([
    [`alter table if exists "gateway_order" drop column if exists "amount";`],
    [`drop table if exists "gateway_order" cascade;`],
    [`alter table "gateway_order" rename column "amount" to "sum";`],
    [`alter table if exists "gateway_order" add column if not exists "region" text not null;`],
    [`alter table if exists "gateway_order" alter column "cart_id" set not null;`],
    [
      `alter table if exists "gateway_order" drop constraint if exists "gateway_order_state_check";`,
    ],
    [`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_x" ON "gateway_order" ("cart_id");`],
    [`delete from "gateway_order";`],
    [`update "gateway_order" set state = 'x';`],
  ])("is told: %s", (statement) => {
    expect(notAdditive([...before, statement])).toEqual([statement])
  })

  it.each([
    [`alter table if exists "made_here" drop constraint if exists "made_here_id_unique";`],
    [`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_x" ON "made_here" ("id");`],
    [`alter table if exists "gateway_order" add column if not exists "region" text null;`],
    [
      `alter table if exists "gateway_order" add column if not exists "n" integer not null default 0;`,
    ],
    [
      `alter table if exists "gateway_order" add column if not exists "sum" numeric null, add column if not exists "raw_sum" jsonb null;`,
    ],
    [`CREATE INDEX IF NOT EXISTS "IDX_y" ON "gateway_order" ("region") WHERE deleted_at IS NULL;`],
  ])("is none that only adds: %s", (statement) => {
    expect(notAdditive([...before, statement])).toEqual([])
  })
})
