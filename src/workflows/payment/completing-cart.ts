import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { HeldLease, LeaseOptions } from "../../modules/payment-journal/leases"
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
  complete: (lease: HeldLease) => Promise<Result>,
  options: Pick<LeaseOptions, "patienceMs"> = {}
): Promise<Result> {
  const completeUnlocked = async (lease: HeldLease) => {
    await deleteExpiredLock(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), cartId)
    return await complete(lease)
  }
  return await withLeaseOf(container, leaseKeys.cartCompletion(cartId), completeUnlocked, {
    ...options,
    recover: async () => await releaseDeadLock(container, cartId),
  })
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

/** Whether the table of `locking-postgres` is in a database. */
const hasLockTable = new WeakMap<Knex, Promise<boolean>>()

/** A lock that expired is nobody's, whoever left it. Elsewhere than in `locking-postgres` it is gone by itself. */
async function deleteExpiredLock(database: Knex, cartId: string): Promise<void> {
  const known = hasLockTable.get(database) ?? lockTableExists(database)
  hasLockTable.set(database, known)
  if (await known) {
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
