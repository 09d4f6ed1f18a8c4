import { suite } from "../http/support/shop"
import { Member } from "./support/cluster"
import type { ClusterShop } from "./support/cluster-shop"
import { untilTrue } from "./support/patience"

/** As src/jobs/reconcile-payments.ts has it. */
const everySeconds = 30
const fewest = 2

export const jobsOnce = suite<ClusterShop>("jobs", (shop) => {
  it("run once each time that they are due, with two workers and two servers", async () => {
    const second: Member = shop.cluster.anotherWorker()
    await second.start()
    await noteRuns()
    try {
      const first = (await timeDue()) + 1
      await untilTrue(
        async () =>
          (await timeDue()) >= first + fewest && (await runsBetween(first, Infinity)) >= fewest
      )
      const now = await timeDue()
      // One that was due before them may have begun late. Each by two workers would be twice as many.
      expect(await runsBetween(first, now)).toBeLessThanOrEqual(now - first + 1)
    } finally {
      await shop.database.raw("drop function note_run cascade")
      await shop.database.raw("drop table run_begun")
      await second.kill()
    }
  })

  /** Each is dated back, too: the job begins a run only where there was none for a while, or something is due. */
  async function noteRuns(): Promise<void> {
    await shop.database.raw("create table run_begun (due double precision not null)")
    await shop.database.raw(
      `create function note_run() returns trigger language plpgsql as $$
        begin
          insert into run_begun values (${numberOfTime});
          new.started_at = 'epoch';
          return new;
        end $$`
    )
    await shop.database.raw(
      "create trigger note_run before insert on reconciliation_run for each row execute function note_run()"
    )
    await shop.database("reconciliation_run").delete()
  }

  /** From the one up to and without the other of the times that the job is due. */
  async function runsBetween(first: number, end: number): Promise<number> {
    const begun: number[] = await shop.database("run_begun").pluck("due")
    return begun.filter((due) => due >= first && due < end).length
  }

  async function timeDue(): Promise<number> {
    const { rows } = await shop.database.raw<{ rows: { due: number }[] }>(
      `select ${numberOfTime} as due`
    )
    return rows[0]!.due
  }
})

/** The time that the job was due last is the so many-th since 1970, by the database's clock. */
const numberOfTime = `floor(extract(epoch from clock_timestamp()) / ${everySeconds})::float8`
