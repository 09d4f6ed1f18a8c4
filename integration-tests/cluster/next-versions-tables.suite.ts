import { journalRetention } from "../../src/modules/payment-journal/retention"
import { payoutRetention } from "../../src/modules/payout/retention"
import { checkOutThrough } from "../http/support/gateway-shop"
import { suite } from "../http/support/shop"
import type { Member } from "./support/cluster"
import type { ClusterShop } from "./support/cluster-shop"
import { untilBooksAgree, untilTrue } from "./support/patience"

/**
 * A rolling update as docs/operations.md has it: the tables become the next version's while servers of this one run.
 * The next version is this one with what a migration may add (`src/shared/__tests__/additive-migration.ts`). What comes
 * after this suite runs on those tables too.
 */
export const nextVersionsTables = suite<ClusterShop>("tables of the next version", (shop) => {
  it("are taken by servers that run, in the middle of their work, and by one that starts", async () => {
    const since = new Date()
    const [first, second] = shop.cluster.servers as [Member, Member]
    const references = new Map<string, string[]>()
    const buyAt = async (server: Member) => {
      const carts: string[] = []
      for (const selling of shop.through) {
        const shopper = server.shopper(shop, selling.country)
        const { cartId, reference } = await checkOutThrough(shopper, selling)
        carts.push(cartId)
        const known = references.get(selling.providerId) ?? []
        references.set(selling.providerId, [...known, reference])
        selling.sandbox.pay(reference)
        await shopper.complete(cartId)
      }
      return carts
    }
    const [early] = await Promise.all([buyAt(first), migrate()])
    await first.kill()
    await first.start()
    const late = await Promise.all([buyAt(first), buyAt(second)])
    const carts = [...early, ...late.flat()]
    await untilTrue(async () => {
      const orders = await Promise.all(carts.map((cartId) => shop.ordersOfCart(cartId)))
      return orders.every(({ length }) => length > 0)
    })
    await untilBooksAgree(shop, shop.through, references, since)
  })

  async function migrate(): Promise<void> {
    for (const table of [...Object.keys(journalRetention), ...Object.keys(payoutRetention)]) {
      await shop.database.raw(
        `alter table ?? add column next_text text null, add column next_number integer not null default 0`,
        [table]
      )
      await shop.database.raw("create index on ?? (next_number)", [table])
    }
    await shop.database.raw("create table next_version (id text primary key)")
  }
})
