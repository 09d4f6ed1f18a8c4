import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import { count, readRow, time } from "../../../shared/database"
import { checkedKinds, unsettledStates } from "../gateway-operation"
import { exceptionKinds } from "./exceptions"

const openWorkRow = z.object({
  /** Of the database's clock, by which all of the times below are. */
  now: time,
  /** Messages that wait to be worked on, those included whose next try is still to come. */
  messages_waiting: count,
  /** Since when the oldest of those waits whose time has come; null where there is none. */
  messages_due_since: time.nullable(),
  /** Messages that were given up, until a person replays them. */
  messages_dead: count,
  /** Refunds, captures, voids and charges whose outcome is not known, those that are being sent included. */
  operations_open: count,
  operations_open_since: time.nullable(),
  /** When the reconciliation was begun last; null before the first time. */
  reconciled_at: time.nullable(),
})

type OpenWork = z.infer<typeof openWorkRow> & {
  /** How many exceptions of each kind wait for a person. */
  exceptions: Map<string, number>
}

/**
 * What is not finished in the journal, for those who watch over the shop. Two statements, each by an index, so that it can
 * be looked up every few seconds.
 */
export async function readOpenWork(database: Knex): Promise<OpenWork> {
  const waiting = () =>
    database("webhook_event").where({ state: "waiting" }).whereNull("deleted_at")
  const open = () =>
    database("gateway_operation").whereIn("state", unsettledStates).whereNull("deleted_at")
  const [row] = await database.select({
    now: database.raw("clock_timestamp()"),
    messages_waiting: waiting().count("*"),
    messages_due_since: waiting().where("next_try_at", "<=", database.fn.now()).min("next_try_at"),
    messages_dead: database("webhook_event").where({ state: "dead" }).count("*"),
    operations_open: open().count("*"),
    operations_open_since: open().min("created_at"),
    reconciled_at: database("reconciliation_run").max("started_at"),
  })
  const kinds = await database("payment_exception")
    .where({ state: "open" })
    .groupBy("kind")
    .select("kind", database.raw("count(*) as open"))
  const exceptions = new Map<string, number>(exceptionKinds.map((kind) => [kind, 0]))
  for (const { kind, open: number } of kinds) {
    exceptions.set(String(kind), Number(number))
  }
  return { ...readRow("open work", openWorkRow, row), exceptions }
}

/** What is wrong where work is left lying; each has a line in docs/operations.md. */
export const healthProblems = [
  "messages_late",
  "messages_dead",
  "operations_late",
  "reconciliation_late",
] as const

type HealthProblem = (typeof healthProblems)[number]

const minute = 60_000

/**
 * What is late enough for somebody to look, of what servers do by themselves. What waits for a person is no problem of
 * health: a shop has it every day.
 */
export function problemsIn(work: OpenWork): HealthProblem[] {
  const age = (since: Date | null) => (since ? work.now.getTime() - since.getTime() : 0)
  const late: Readonly<Record<HealthProblem, boolean>> = {
    // A server takes one up at once, and the job that looks after them runs every five seconds.
    messages_late: age(work.messages_due_since) > 5 * minute,
    messages_dead: work.messages_dead > 0,
    // They are asked about from half a minute on, and daily later: after a day the gateway will hardly tell.
    operations_late: age(work.operations_open_since) > 24 * 60 * minute,
    // It is begun every five minutes at the latest.
    reconciliation_late: work.reconciled_at === null || age(work.reconciled_at) > 10 * minute,
  }
  return healthProblems.filter((problem) => late[problem])
}

/** The same as metrics: what each number is, and its unit. */
export const openWorkGauges = {
  messages_waiting: { description: "Messages that wait to be worked on", unit: "{message}" },
  messages_due_age: { description: "Of the oldest message whose time has come", unit: "s" },
  messages_dead: { description: "Messages that were given up", unit: "{message}" },
  operations_open: {
    description: "Refunds, captures, voids and charges whose outcome is not known",
    unit: "{operation}",
  },
  operations_open_age: { description: "Of the oldest of them", unit: "s" },
  reconciliation_age: { description: "Since the last reconciliation was begun", unit: "s" },
  exceptions_open: {
    description: "Payments that wait for a person",
    unit: "{exception}",
    key: "gateway_payment.exception.kind",
  },
} as const

export function openWorkNumbers(
  work: OpenWork
): Record<keyof typeof openWorkGauges, ReadonlyMap<string, number>> {
  const one = (number: number) => new Map([["", number]])
  const age = (since: Date | null) =>
    one(since ? Math.max(0, (work.now.getTime() - since.getTime()) / 1_000) : 0)
  return {
    messages_waiting: one(work.messages_waiting),
    messages_due_age: age(work.messages_due_since),
    messages_dead: one(work.messages_dead),
    operations_open: one(work.operations_open),
    operations_open_age: age(work.operations_open_since),
    reconciliation_age: age(work.reconciled_at),
    exceptions_open: work.exceptions,
  }
}

/** So often a run is made though nothing is known to be due, in milliseconds: it looks for more than these rows tell. */
const idleRunMs = 5 * 60_000

/**
 * The providers for which a run of the reconciliation would find something to do in the journal; all of them where the last
 * run was begun long ago, and undefined where no run is needed. One statement, each part of it by an index.
 *
 * @param providerIds those that the shop lists: what is another's waits until it does
 */
export async function providersToReconcile(
  database: Knex,
  providerIds: readonly string[]
): Promise<readonly string[] | undefined> {
  const one = database.raw("1")
  const now = database.fn.now()
  const listed = database.ref("listed.id")
  const orders = database("gateway_order")
    .select(one)
    .where("provider_id", listed)
    .where("next_check_at", "<=", now)
  const operations = database({ operation: "gateway_operation" })
    .join({ order: "gateway_order" }, "order.reference", "operation.order_reference")
    .select(one)
    .where("order.provider_id", listed)
    .whereIn("operation.kind", checkedKinds)
    .where("operation.next_check_at", "<=", now)
    .where("operation.lease_expires_at", "<=", now)
  const untold = database("payment_exception")
    .select(one)
    .where("provider_id", listed)
    // As the index has it.
    .whereNull("told_at")
    .whereNull("deleted_at")
  const lists = () => database("gateway_cursor").select(one).where("provider_id", listed)
  const sales = database("till_sale")
    .join("gateway_order", "gateway_order.session_id", "till_sale.session_id")
    .select(one)
    .where("gateway_order.provider_id", listed)
    .where({ "till_sale.state": "open", "gateway_order.state": "paid" })
    // As the index has it.
    .whereNull("till_sale.deleted_at")
  const due = database
    .select("listed.id")
    .from(database.raw("unnest(?::text[]) as listed(id)", [[...providerIds]]))
    .whereExists(orders)
    .orWhereExists(operations)
    .orWhereExists(untold)
    .orWhereExists(lists().where("next_at", "<=", now))
    // New in the shop's config: none of its lists was ever read.
    .orWhereNotExists(lists())
    .orWhereExists(sales)
  const runs = database("reconciliation_run")
    .select(one)
    .where("started_at", ">", database.raw("now() - ? * interval '1 millisecond'", [idleRunMs]))
  const [row] = await database.select({
    due: database.raw("array(?)", [due]),
    ran_lately: database.raw("exists (?)", [runs]),
  })
  const { due: found, ran_lately } = readRow("providers to reconcile", providersRow, row)
  if (!ran_lately) {
    return providerIds
  }
  return found.length > 0 ? found : undefined
}

const providersRow = z.object({ due: z.array(z.string()), ran_lately: z.boolean() })
