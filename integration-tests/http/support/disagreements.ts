import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Move } from "../../../src/testing/conformance/gateway-data"
import type { SellingThrough } from "./gateway-shop"

type Amount = { id: string; payment_id: string; amount: string }

type PaymentRow = {
  id: string
  provider_id: string
  reference: string
  canceled_at: Date | null
  order_id: string | null
  order_status: string | null
}

/** Of an operation, by the order that it was made for. */
type UnmatchedRow = { provider_id: string; reference: string; amount: string; kind: string }

/** What Medusa's tables and the list of payment exceptions say; what was deleted counts nowhere. */
type Ledger = {
  payments: PaymentRow[]
  captures: Amount[]
  refunds: Amount[]
  transactions: { order_id: string; amount: string }[]
  /** What the dashboard shows of each order as it is now. */
  summaries: { order_id: string; total: string | null }[]
  carts: { cart_id: string; orders: number }[]
  unmatched: UnmatchedRow[]
  journal: { provider_id: string; reference: string }[]
}

/** What a gateway's own ledger holds of one order that was opened there; major units. */
type Holding = { name: string; reserved: boolean; held: number }

/**
 * Holds Medusa's ledger, and the list of what a person has to decide about, against the ledgers of the gateways.
 *
 * @param references by Medusa's id of the provider: the orders that the gateways know and that were opened here
 * @param since payments and orders that Medusa has had before are left out
 * @returns a sentence for each thing that does not agree
 */
export async function disagreements(
  database: Knex,
  through: readonly SellingThrough[],
  references: ReadonlyMap<string, readonly string[]>,
  since = new Date(0)
): Promise<string[]> {
  const ledger = await readLedger(database, since)
  const ofPayments = through.flatMap((selling) =>
    (references.get(selling.providerId) ?? []).flatMap((reference) =>
      aboutPayment(ledger, selling, reference)
    )
  )
  return [...ofPayments, ...aboutPayments(ledger, references), ...aboutOrders(ledger)]
}

async function readLedger(database: Knex, since: Date): Promise<Ledger> {
  const alive = (table: string) => database(table).whereNull("deleted_at")
  const payments = await database({ payment: "payment" })
    .leftJoin({ link: "order_payment_collection" }, (join) => {
      join
        .on("link.payment_collection_id", "payment.payment_collection_id")
        .andOnNull("link.deleted_at")
    })
    .leftJoin({ order: "order" }, (join) => {
      join.on("order.id", "link.order_id").andOnNull("order.deleted_at")
    })
    .whereNull("payment.deleted_at")
    .where("payment.created_at", ">=", since)
    .select(
      "payment.id",
      "payment.provider_id",
      "payment.canceled_at",
      database.raw("payment.data->>'reference' as reference"),
      "order.id as order_id",
      "order.status as order_status"
    )
  const carts = await database({ link: "order_cart" })
    .join({ order: "order" }, "order.id", "link.order_id")
    .whereNull("link.deleted_at")
    .whereNull("order.deleted_at")
    .where("order.created_at", ">=", since)
    .groupBy("link.cart_id")
    .select("link.cart_id", database.raw("count(*)::int as orders"))
  return {
    payments,
    carts,
    captures: await alive("capture").select("id", "payment_id", "amount"),
    refunds: await alive("refund").select("id", "payment_id", "amount"),
    transactions: await alive("order_transaction").select("order_id", "amount"),
    summaries: await database({ summary: "order_summary" })
      .join({ order: "order" }, (join) => {
        join.on("order.id", "summary.order_id").andOn("order.version", "summary.version")
      })
      .whereNull("summary.deleted_at")
      .select("summary.order_id", database.raw("summary.totals->>'transaction_total' as total")),
    unmatched: await database({ unmatched: "payment_exception" })
      .leftJoin({ move: "gateway_operation" }, "move.reference", "unmatched.reference")
      .where("unmatched.state", "open")
      .select(
        "unmatched.provider_id",
        database.raw("coalesce(move.order_reference, unmatched.reference) as reference"),
        "unmatched.amount",
        "unmatched.kind"
      ),
    journal: await database("gateway_order").select("provider_id", "reference"),
  }
}

function aboutPayment(ledger: Ledger, selling: SellingThrough, reference: string): string[] {
  const isOurs = (row: { provider_id: string; reference: string }) =>
    row.provider_id === selling.providerId && row.reference === reference
  const { name, reserved, held } = holdingOf(selling, reference)
  const payments = ledger.payments.filter(isOurs)
  const existing = payments.filter(({ canceled_at }) => canceled_at === null)
  const ordered = payments.filter(stands)
  const booked = sum(ordered.map((payment) => bookedOf(ledger, payment)))
  const listed = sum(ledger.unmatched.filter(isOurs).map(heldBy))
  return [
    ...when(!ledger.journal.some(isOurs), `${name} is not in the journal`),
    ...when(existing.length > 1, `${name} is ${existing.length} payments in Medusa`),
    ...when(reserved && ordered.length === 0, `${name} is reserved, and no order stands for it`),
    ...when(
      held - booked !== listed,
      `${name}: the gateway holds ${held}, Medusa's orders have ${booked}, and ${listed} is listed as unmatched`
    ),
    ...atMostOnce(selling, name, reference),
  ]
}

/** Where Medusa lacks a refund, the gateway holds less than Medusa's ledger says. */
function heldBy({ kind, amount }: UnmatchedRow): number {
  return kind === "refund_not_booked" ? -Number(amount) : Number(amount)
}

/** Medusa books the refund of an order that it cancels even where the gateway refuses it: all of it is due then. */
function stands({ order_id, order_status }: PaymentRow): boolean {
  return order_id !== null && order_status !== "canceled"
}

function holdingOf({ name, gateway, sandbox }: SellingThrough, reference: string): Holding {
  const amountOf = (kind: Move) =>
    sum(sandbox.moves(kind, reference).map(({ amount }) => Number(amount)))
  const isTakenAtOnce = gateway.capabilities.capture === "automatic"
  const taken = isTakenAtOnce ? amountOf("payment") : amountOf("capture")
  return {
    name: `${name} ${reference}`,
    reserved: !isTakenAtOnce && amountOf("payment") > 0 && taken === 0 && amountOf("void") === 0,
    held: taken - amountOf("refund"),
  }
}

/** An order is paid, captured and reversed once; refunds can come in parts, of no more than there is. */
function atMostOnce({ sandbox }: SellingThrough, name: string, reference: string): string[] {
  return (["payment", "capture", "void"] as const).flatMap((kind) => {
    const times = sandbox.moves(kind, reference).length
    return when(times > 1, `${name}: the ledger has ${times} moves of the kind ${kind}`)
  })
}

/** Money in Medusa that no gateway ever saw. */
function aboutPayments(
  { payments }: Ledger,
  references: ReadonlyMap<string, readonly string[]>
): string[] {
  return payments
    .filter(({ provider_id, reference }) => !references.get(provider_id)?.includes(reference))
    .map(({ id, reference }) => `Medusa's payment ${id} (${reference}) is known to no gateway`)
}

function aboutOrders({ carts, payments, transactions, summaries, ...rows }: Ledger): string[] {
  const orders = new Set(payments.filter(stands).flatMap(({ order_id }) => order_id ?? []))
  const ofOrder = <Row extends { order_id: string | null }>(all: readonly Row[], id: string) =>
    all.filter(({ order_id }) => order_id === id)
  return [
    ...carts
      .filter(({ orders }) => orders > 1)
      .map(({ cart_id, orders }) => `The cart ${cart_id} is ${orders} orders`),
    ...[...orders].flatMap((id) => {
      const inLedger = sum(ofOrder(transactions, id).map(({ amount }) => Number(amount)))
      const moved = sum(ofOrder(payments, id).map((payment) => bookedOf(rows, payment)))
      const [summary] = ofOrder(summaries, id).map(({ total }) => Number(total))
      return [
        ...when(inLedger !== moved, `Order ${id} has ${inLedger} in its ledger of ${moved} moved`),
        ...when(summary !== moved, `Order ${id} shows ${summary} of ${moved} moved`),
      ]
    }),
  ]
}

function bookedOf(
  { captures, refunds }: Pick<Ledger, "captures" | "refunds">,
  { id }: PaymentRow
): number {
  const of = (rows: readonly Amount[]) =>
    sum(rows.filter(({ payment_id }) => payment_id === id).map(({ amount }) => Number(amount)))
  return of(captures) - of(refunds)
}

/** Exact: these specs sell and refund whole units. */
function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}

function when(isSo: boolean, sentence: string): string[] {
  return isSo ? [sentence] : []
}
