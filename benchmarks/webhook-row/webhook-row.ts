import { deepStrictEqual, strictEqual } from "node:assert"
import { randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { createJournalDatabase } from "../../src/modules/payment-journal/__tests__/fixtures"
import {
  type NewWebhookEvent,
  PostgresInbox,
} from "../../src/modules/payment-journal/repositories/inbox"
import { compare, type Comparison } from "../kit/comparison"
import { measureSideBySide, type Plan } from "../kit/measure"
import { concurrent } from "../kit/subjects"

/**
 * From a verified message to its committed row, over one connection and over sixteen, beside what one writes first: look
 * whether it is known, insert it, then note whose it is. Both write the same row into the same table with all its indexes.
 */
export async function webhookRow(plan: Plan): Promise<Comparison[]> {
  const database = await createJournalDatabase()
  try {
    const comparisons: Comparison[] = []
    for (const connections of [1, 16]) {
      const connection = database.connect(connections)
      const inbox = new PostgresInbox(connection)
      await assertDuplicatesWriteNothing(connection, inbox)
      const known = newEvent()
      await inbox.receive(known)
      const measured = await measureSideBySide(
        [
          concurrent("one statement", connections, () => inbox.receive(newEvent())),
          concurrent("a duplicate", connections, () => inbox.receive(known)),
          concurrent("select, insert, update", connections, () => naively(connection, newEvent())),
        ],
        plan
      )
      comparisons.push(
        compare(
          `A message's row, ${connections === 1 ? "one connection" : `${connections} connections`}`,
          "From the verified message to the committed row, PostgreSQL over loopback",
          measured,
          ["select, insert, update"]
        )
      )
    }
    return comparisons
  } finally {
    await database.drop()
  }
}

async function naively(connection: Knex, event: NewWebhookEvent): Promise<void> {
  const { provider_id, event_key, reference } = event
  const known = await connection("webhook_event").where({ provider_id, event_key }).first()
  if (known) {
    return
  }
  const now = new Date()
  const id = `gwev_${randomUUID()}`
  await connection("webhook_event").insert({
    id,
    ...event,
    state: "waiting",
    attempts: 0,
    next_try_at: now,
    created_at: now,
    updated_at: now,
  })
  const order = connection("gateway_order").where({ provider_id, reference })
  await connection("webhook_event")
    .where({ id })
    .update({
      session_id: order.clone().select("session_id"),
      currency_code: order.clone().select("currency_code"),
    })
}

/** Nothing is measured that writes a duplicate down, or anything else for it: its transaction never gets a number. */
async function assertDuplicatesWriteNothing(connection: Knex, inbox: PostgresInbox): Promise<void> {
  const event = newEvent()
  const first = await inbox.receive(event)
  await connection.transaction(async (transaction) => {
    const again = await new PostgresInbox(transaction).receive(event)
    deepStrictEqual([first.isNew, again.isNew], [true, false])
    strictEqual(again.event.id, first.event.id)
    const [row] = await transaction.select(
      transaction.raw("pg_current_xact_id_if_assigned()::text as number")
    )
    strictEqual(row.number, null)
  })
}

function newEvent(): NewWebhookEvent {
  const reference = randomUUID()
  return {
    provider_id: "pp_mocasa_mocasa",
    event_key: `${reference}:success`,
    reference,
    raw_status: "success",
    gateway_id: `G${reference}`,
    is_later: false,
    claimed_amount: "1234.50",
    body: { orderNo: reference, txStatus: "success", txTime: 1767225600000, amount: "1234.50" },
  }
}
