import { setTimeout as sleep } from "node:timers/promises"
import { suite } from "../http/support/shop"
import { Member } from "./support/cluster"
import type { ClusterShop } from "./support/cluster-shop"

/** As src/jobs/reconcile-payments.ts has it. */
const everySeconds = 30
const watchedMs = 70_000

export const jobsOnce = suite<ClusterShop>("jobs", (shop) => {
  it("run once each time that they are due, with two workers and two servers", async () => {
    const second: Member = shop.cluster.anotherWorker()
    await second.start()
    // Of runs that find nothing to do only the last row stays: each is counted as it begins.
    await shop.database.raw("create table run_begun (at timestamptz not null)")
    await shop.database.raw(
      `create function note_run() returns trigger language plpgsql as
        $$ begin insert into run_begun values (new.started_at); return new; end $$`
    )
    await shop.database.raw(
      "create trigger note_run after insert on reconciliation_run for each row execute function note_run()"
    )
    try {
      await sleep(watchedMs)
      const begun: Date[] = await shop.database("run_begun").orderBy("at").pluck("at")
      const turns = begun.map((at) => Math.floor(at.getTime() / 1_000 / everySeconds))
      expect(begun.length).toBeGreaterThanOrEqual(Math.floor(watchedMs / 1_000 / everySeconds))
      expect(new Set(turns).size).toBe(turns.length)
    } finally {
      await shop.database.raw("drop function note_run cascade")
      await shop.database.raw("drop table run_begun")
      await second.kill()
    }
  })
})
