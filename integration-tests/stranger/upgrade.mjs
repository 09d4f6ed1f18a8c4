import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type } from "./typed.mjs"

const NAME = "medusa-regional-payments"
const NEXT = "99.0.0"
const MIGRATION = "Migration20991231000000"

/**
 * Brings a shop that has taken a payment to the plugin's next version and back, as docs/upgrading.md has it. Nothing older
 * is published: the next version is this one with a migration more, which adds what a migration may add.
 *
 * @param {object} options
 * @param {string} options.folder the shop's, which is stopped
 * @param {string} options.tarball this version
 * @param {string} options.add how its package manager adds a package
 * @param {() => Promise<{ stop: () => Promise<void> }>} options.startShop resolves when it answers
 * @param {() => Promise<void>} options.refund gives the payment back, in the shop that runs
 * @param {(line: string) => void} options.print
 */
export async function upgradeAndBack({ folder, tarball, add, startShop, refund, print }) {
  const next = await nextVersion(folder, print)
  await type(`${add} ${JSON.stringify(next)}`, folder, print)
  const unready = await refusal(async () => await (await startShop()).stop())
  if (!unready.includes(`These migrations were not run: ${MIGRATION}`)) {
    throw new Error(`The next version was to name its migration, and said:\n${unready}`)
  }
  print("  does not start before its tables are made")
  await type("npx medusa db:migrate", folder, print)
  const upgraded = await startShop()
  await refund()
  await upgraded.stop()
  print("  is upgraded, and gives back what was paid before")
  const kept = await refusal(() => type("npx medusa db:rollback payment_journal", folder, print))
  if (!/payments are written down in them: \d+ in gateway_order/.test(kept)) {
    throw new Error(`db:rollback was to be refused, and said:\n${kept}`)
  }
  print("  is not rolled back over its payments")
  await type(`${add} ${JSON.stringify(tarball)}`, folder, print)
  const back = await startShop()
  await back.stop()
  print("  starts with the version before on the new tables")
}

/**
 * @param {string} folder of a shop with this version
 * @param {(line: string) => void} print
 * @returns {Promise<string>} the tarball's path
 */
async function nextVersion(folder, print) {
  const place = join(folder, "..", "next")
  const copy = join(place, "package")
  mkdirSync(place)
  cpSync(join(folder, "node_modules", NAME), copy, { recursive: true, dereference: true })
  const manifest = JSON.parse(readFileSync(join(copy, "package.json"), "utf8"))
  writeFileSync(join(copy, "package.json"), JSON.stringify({ ...manifest, version: NEXT }))
  const migrations = join(copy, ".medusa/server/src/modules/payment-journal/migrations")
  writeFileSync(join(migrations, `${MIGRATION}.js`), MIGRATION_CODE)
  await type(`npm pack --ignore-scripts --pack-destination ${JSON.stringify(place)}`, copy, print)
  const file = readdirSync(place).find((name) => name.endsWith(".tgz"))
  if (file === undefined) throw new Error("npm packed no next version")
  return join(place, file)
}

const MIGRATION_CODE = `"use strict"
const { Migration } = require("@medusajs/framework/mikro-orm/migrations")
const { refuseDrop } = require("../../../shared/refuse-drop")
exports.${MIGRATION} = class ${MIGRATION} extends Migration {
  async up() {
    this.addSql('alter table if exists "gateway_order" add column if not exists "next_text" text null, add column if not exists "next_number" integer not null default 0;')
    this.addSql('create table if not exists "next_version" ("id" text not null, primary key ("id"));')
  }
  async down() {
    await refuseDrop(this, ["gateway_order"])
    this.addSql('drop table if exists "next_version" cascade;')
    this.addSql('alter table if exists "gateway_order" drop column if exists "next_text", drop column if exists "next_number";')
  }
}
`

/** What something says that must not succeed. @param {() => Promise<unknown>} tried */
async function refusal(tried) {
  try {
    await tried()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return "nothing: it went well"
}
