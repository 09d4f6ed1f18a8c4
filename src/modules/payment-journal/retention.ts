import type { GatewayOrderState } from "./gateway-order"
import { type Retentions, yearAndMore } from "../../shared/retention"

/** Of an order at a gateway for which no money ever came. */
const cameToNothing: readonly GatewayOrderState[] = ["refused", "failed", "expired", "canceled"]

/** Rows that name an order, and that show that money was moved for it or looked for. */
const namesOfOrders = [
  ["gateway_operation", "order_reference"],
  ["received_money", "order_reference"],
  ["payment_exception", "reference"],
] as const

/** How long the journal keeps what; docs/operations.md tells it to the shop's owner. */
export const journalRetention: Retentions = {
  /** All but the checkouts that nobody paid: no gateway is asked about them any more, and no row names them. */
  gateway_order: {
    keeps: "days",
    days: yearAndMore,
    id: "reference",
    spent: (rows, before) => {
      rows
        .whereIn("state", cameToNothing)
        .where("updated_at", "<", before)
        .whereNull("next_check_at")
        .whereNull("attached_session_id")
        // An order of the shop's still stands on it, such as of a provider that is not in the config for now.
        .whereNull("awaiting_payment_since")
      for (const [table, column] of namesOfOrders) {
        rows.whereNotExists((query) =>
          query.from(table).whereRaw("??.?? = gateway_order.reference", [table, column])
        )
      }
      return rows
    },
  },
  gateway_operation: { keeps: "books" },
  received_money: { keeps: "books" },
  payment_exception: { keeps: "books" },
  gateway_audit_line: { keeps: "books" },
  order_payment_request: { keeps: "books" },
  till_sale: { keeps: "books" },
  /** Those that were worked on; their bodies are gone long before, by the option `webhookRetentionDays`. */
  webhook_event: {
    keeps: "days",
    days: yearAndMore,
    id: "id",
    spent: (rows, before) => rows.where({ state: "done" }).where("created_at", "<", before),
  },
  reconciliation_run: {
    keeps: "days",
    days: 30,
    id: "id",
    spent: (rows, before) => rows.where("started_at", "<", before),
  },
  /** Of servers that died with what nobody has wanted since. */
  gateway_lease: {
    keeps: "days",
    days: 30,
    id: "key",
    spent: (rows, before) => rows.where("expires_at", "<", before),
  },
  gateway_access_token: {
    keeps: "days",
    days: 1,
    id: "key",
    spent: (rows, before) => rows.where("expires_at", "<", before),
  },
  gateway_host_pause: {
    keeps: "days",
    days: 1,
    id: "origin",
    spent: (rows, before) => rows.where("until", "<", before),
  },
  gateway_cursor: { keeps: "one for each" },
  gateway_pace: { keeps: "one for each" },
  gateway_provider_health: { keeps: "one for each" },
}
