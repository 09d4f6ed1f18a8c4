import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError, Modules } from "@medusajs/framework/utils"
import type { HeldLease, LeaseOptions } from "../../modules/payment-journal/repositories/leases"
import { lookedUpOnce } from "../../shared/concurrency"
import { leaseKeys, withLeaseOf } from "../leases"

/**
 * Runs `complete` while nobody else completes the cart: no message of a gateway's, and no shopper at the store's
 * own route. Medusa's completion takes a lock of its own on the cart, from the shop's locking module and without an
 * owner, which may outlive the server that took it: in Redis for two minutes, in PostgreSQL for ever, because
 * `locking-postgres` never reads the expiry. Whoever takes the lease over from a dead server releases that lock.
 */
export async function completingCart<Result>(
  container: MedusaContainer,
  cartId: string,
  complete: () => Promise<Result>,
  { patienceMs, within }: CompletionOptions = {}
): Promise<Result> {
  const key = leaseKeys.cartCompletion(cartId)
  const recover = async () => await releaseDeadLock(container, cartId)
  const completeUnlocked = async () => {
    await deleteExpiredLock(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), cartId)
    return await complete()
  }
  if (within) {
    await within.alsoHold(key, { patienceMs, recover })
    return await completeUnlocked()
  }
  return await withLeaseOf(container, key, completeUnlocked, { patienceMs, recover })
}

type CompletionOptions = Pick<LeaseOptions, "patienceMs"> & {
  /** Of the cart's payment, whose holder then holds the completion to the end of its work as well. */
  within?: HeldLease
}

/** Whether the table of `locking-postgres` is in a database. */
const hasLockTable = lookedUpOnce(lockTableExists)

/** A lock that expired is free, whoever left it. Elsewhere than in `locking-postgres` it is gone by itself. */
async function deleteExpiredLock(database: Knex, cartId: string): Promise<void> {
  if (await hasLockTable(database)) {
    await database("locking")
      .where({ id: cartId })
      .where("expiration", "<=", database.fn.now())
      .delete()
  }
}

async function lockTableExists(database: Knex): Promise<boolean> {
  const columns = await database("information_schema.columns")
    .whereRaw("table_schema = any (current_schemas(false))")
    .where({ table_name: "locking" })
    .whereIn("column_name", ["id", "owner_id", "expiration"])
  return columns.length === 3
}

/**
 * Assumption: of those who lock a cart only its completion takes longer than this, in milliseconds. Medusa's changes
 * of a cart take its lock for ten seconds at most (`ttl` in core-flows 2.21), and wait two for it.
 */
const changeOfCartMs = 10_000

const lookEveryMs = 250

/**
 * Releases the lock of a completion whose server died. While its lease held, nobody else could complete the cart:
 * a lock that is there all the time a change of the cart may take is the dead server's.
 */
async function releaseDeadLock(container: MedusaContainer, cartId: string): Promise<void> {
  const locking = container.resolve(Modules.LOCKING)
  const ownerId = `regional-payments:${randomUUID()}`
  const giveUpAt = performance.now() + changeOfCartMs
  while (performance.now() < giveUpAt) {
    try {
      await locking.acquire(cartId, { ownerId, expire: changeOfCartMs / 1_000 })
      await locking.release(cartId, { ownerId })
      return
    } catch {
      await sleep(lookEveryMs) // taken, or the locking module can't be reached: what releases it then tells
    }
  }
  await locking.release(cartId)
}

/** Why Medusa could not make the order of a paid cart. */
export type CompletionFailure = {
  /** For a person: Medusa's own words, or the error's name where its words may hold what nobody should read. */
  reason: string
  /** Time alone does not mend it: only a person, or a change of the shop's, can. */
  isFinal: boolean
}

/** As a workflow of Medusa's gives it back; errors that crossed a workflow are plain objects. */
export type WorkflowFailure = { action: string; error?: unknown }

/** The step of `processPaymentWorkflow` that completes the cart, and whose failure core passes over. */
const completion = "complete-cart-after-payment-step"

/**
 * What core's completion says of a cart: sold out (`not_allowed`), no delivery, no lines, a provider that its region
 * lacks (`invalid_data`), something that was deleted (`not_found`).
 */
const finalTypes: readonly string[] = [
  MedusaError.Types.INVALID_DATA,
  MedusaError.Types.INVALID_ARGUMENT,
  MedusaError.Types.NOT_ALLOWED,
  MedusaError.Types.NOT_FOUND,
]

/** Core reads a row that is gone: a cart's variant that was deleted. */
const finalNames: readonly string[] = ["TypeError"]

/** The same type, but it is the gateway that does not confirm the payment yet. */
const notAuthorized = /was not authorized with the provider/

/**
 * Tells what only a person can settle from what passes: locks, the database and the network, and whatever is not
 * known. Undefined where the completion was not what failed.
 *
 * Assumption: the types, names and words are those of core-flows 2.21. What another version says otherwise counts
 * as passing, and is told when it was tried for long enough.
 */
export function completionFailure(
  failures: readonly WorkflowFailure[]
): CompletionFailure | undefined {
  const failure = failures.find(({ action }) => action === completion)
  if (!failure) {
    return undefined
  }
  const { name, message, type } = partsOf(failure.error)
  if (finalTypes.includes(type) && !notAuthorized.test(message)) {
    return { reason: message, isFinal: true }
  }
  if (finalNames.includes(name)) {
    const reason = `something that the cart needs was deleted (${name}: ${message})`
    return { reason, isFinal: true }
  }
  return { reason: `something failed that passes (${name || "unknown error"})`, isFinal: false }
}

function partsOf(error: unknown): { name: string; message: string; type: string } {
  const parts: { name?: unknown; message?: unknown; type?: unknown } =
    typeof error === "object" && error !== null ? error : {}
  const textOf = (part: unknown) => (typeof part === "string" ? part : "")
  return { name: textOf(parts.name), message: textOf(parts.message), type: textOf(parts.type) }
}
