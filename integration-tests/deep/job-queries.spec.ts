import { readdirSync } from "node:fs"
import path from "node:path"
import type { MedusaContainer } from "@medusajs/framework/types"
import { describePayoutShop, type PayoutShop } from "../http/support/payout-shop"
import { differentOf, rowsRead, statementsWhile } from "./support/rows-read"
import { createNumbered, fill, idAt } from "./support/volume"

jest.setTimeout(900_000)

const folder = path.join(__dirname, "..", "..", "src", "jobs")
const jobs = readdirSync(folder).filter((name) => name.endsWith(".ts"))

const volume = 200_000

/** From there on messages still have their bodies, and unproven ones are there. */
const lately = volume - 2_000

/** More than any of them needs; a scan of a table would be at least ten times as many. */
const mostRows = 5_000

/** Once a day messages are read through, for those whose time is over. */
const readThrough = ["delete-spent-rows.ts"]

/** It reads nothing, and can't be run twice. */
const isPlainInsert = (sql: string) => /^\s*insert/i.test(sql) && !/\bselect\b/i.test(sql)

/** Of those that run every few seconds or minutes. */
const mostWhenIdle: Readonly<Record<string, number>> = {
  "reconcile-payments.ts": 1,
  "work-on-webhooks.ts": 1,
  "send-payouts.ts": 1,
  "ask-about-payouts.ts": 1,
  "expire-unpaid-orders.ts": 1,
  "tell-of-waiting-payouts.ts": 2,
}

/** Of those that run once an hour or a day. */
const mostOfTheOthers = 30

/** So that the digest is told whenever this runs; before the option's hour its job asks nothing. */
const options = { digestHour: 0 }

describePayoutShop("a shop of two years and 200,000 orders:", declareJobs, { options })

function declareJobs(shop: PayoutShop) {
  beforeAll(async () => {
    await fillShop()
  }, 600_000)

  it.each(jobs)("has nothing read through from end to end by the job %s", async (name) => {
    const { default: job }: { default: (container: MedusaContainer) => Promise<void> } =
      await import(path.join(folder, name))
    const run = async () => await statementsWhile(shop.database, () => job(shop.container))
    await haveAllReadAgain()
    const asked = await run()
    expect(asked.length).toBeGreaterThan(0)
    const reads: { sql: string; rows: number }[] = []
    for (const one of differentOf(asked.filter(({ sql }) => !isPlainInsert(sql)))) {
      reads.push({ sql: one.sql, ...(await rowsRead(shop.database, one)) })
    }
    const most = readThrough.includes(name) ? volume : mostRows
    expect(reads.filter(({ rows }) => rows > most)).toEqual([])

    // With nothing left to do; the first of these may have found something still.
    const idle = [await run(), await run(), await run()].map(({ length }) => length)
    process.stdout.write(
      `${name}: ${asked.length} statements, ${reads.length} different; ${Math.min(...idle)} with nothing to do\n`
    )
    expect(Math.min(...idle)).toBeLessThanOrEqual(mostWhenIdle[name] ?? mostOfTheOthers)
  })

  /** As when the plugin is new to a shop: the last day of the ledger is to be read. */
  async function haveAllReadAgain(): Promise<void> {
    await shop.database("gateway_cursor").delete()
    await shop.database("reconciliation_run").delete()
    await shop.database("payout_daily_run").delete()
  }

  /** One order every five minutes: three of four are paid, the others were left. */
  async function fillShop(): Promise<void> {
    const { database } = shop
    await createNumbered(database, volume, `now() - (${volume} - n) * interval '5 minutes'`)
    const dated = { created_at: "at", updated_at: "at" }
    const isPaid = "n % 4 > 0"
    const provider_id = "'pp_mocasa_mocasa'"
    const reference = "'R' || n"
    const amounts = { amount: "n % 7919", raw_amount: `'{"value": "1", "precision": 20}'` }
    await fill(database, "payment_collection", volume, { ...dated, status: "'completed'" })
    await fill(database, "payment_session", volume, {
      ...dated,
      id: idAt("payses"),
      provider_id,
      payment_collection_id: "'payment_collection_' || n",
      status: `case when n % 5000 = 0 then 'pending_authorization' when ${isPaid} then 'authorized' else 'pending' end`,
    })
    await fill(database, "payment", volume, {
      ...dated,
      provider_id,
      payment_collection_id: "'payment_collection_' || n",
      payment_session_id: idAt("payses"),
      data: `jsonb_build_object('reference', ${reference})`,
    })
    await fill(database, "capture", volume, {
      ...dated,
      ...amounts,
      id: idAt("capt"),
      payment_id: "'payment_' || n",
    })
    await fill(database, "refund", volume, {
      ...dated,
      ...amounts,
      id: idAt("ref"),
      payment_id: "'payment_' || n",
    })
    await fill(database, "workflow_execution", volume, {
      ...dated,
      workflow_id: "'complete-cart'",
      state: "'done'",
    })
    await fill(database, "notification", volume, {
      ...dated,
      channel: "'feed'",
      idempotency_key: "'key_' || n",
      provider_id: "(select id from notification_provider limit 1)",
    })
    await fill(database, "gateway_order", volume, {
      ...dated,
      provider_id,
      reference,
      session_id: idAt("payses"),
      state: `case when ${isPaid} then 'paid' else 'expired' end`,
      expires_at: "at + interval '1 day'",
    })
    await fill(database, "gateway_operation", volume, {
      ...dated,
      reference: "'O' || n",
      order_reference: reference,
      kind: "case when n % 2 = 0 then 'capture' else 'refund' end",
      state: "'done'",
      medusa_id: `case when n % 2 = 0 then ${idAt("capt")} else ${idAt("ref")} end`,
    })
    await fill(database, "received_money", volume, {
      ...dated,
      provider_id,
      order_reference: reference,
    })
    await fill(database, "webhook_event", volume, {
      ...dated,
      provider_id,
      reference,
      event_key: `case when n < ${lately} or n % 10 > 0 then 'event_' || n end`,
      state: "'done'",
      body: `case when n > ${lately} then '{}'::jsonb end`,
    })
    await fill(database, "payment_exception", volume, {
      ...dated,
      provider_id,
      reference,
      kind: "'session_gone'",
      state: "'closed'",
      told_at: "at",
    })
    await fill(database, "till_sale", volume, { ...dated, provider_id, state: "'done'" })
    await fill(database, "payout_beneficiary", 20_000, {
      ...dated,
      provider_id: "'po_mocasa_mocasa'",
      status: "'active'",
      kind: "'business'",
    })
    await fill(database, "payout_transfer", volume, {
      ...dated,
      provider_id: "'po_mocasa_mocasa'",
      status: "case when n % 50 = 0 then 'failed' else 'succeeded' end",
      submitted_at: "at",
      reconciled_at: "at",
      approved_at: "at",
    })
    await fill(database, "payout_import", 20_000, { ...dated, status: "'done'" })
    await database.raw("vacuum analyze")
    const { rows } = await database.raw<{ rows: { table: string; bytes: number }[] }>(
      `select relname as table, (pg_total_relation_size(oid) / ?)::int as bytes from pg_class
        where relname ~ '^(gateway_(order|operation)|received_money|webhook_event|payout_transfer)$'`,
      [volume]
    )
    process.stdout.write(
      `${rows.map(({ table, bytes }) => `${table}: ${bytes}`).join(", ")} bytes a row\n`
    )
  }
}
