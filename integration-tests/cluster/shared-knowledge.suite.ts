import { setTimeout as sleep } from "node:timers/promises"
import { sessionInput } from "../http/support/gateway-shop"
import { eventually, suite } from "../http/support/shop"
import type { Member } from "./support/cluster"
import type { ClusterShop } from "./support/cluster-shop"
import { patienceMs, untilTrue } from "./support/patience"

/** A server looks at what the others know once a second, while it calls a gateway; see gateways/shared/circuit-breaker.ts. */
const lookMs = 1_000

export const sharedKnowledge = suite<ClusterShop>("what one server knows of a gateway", (shop) => {
  afterEach(() => shop.through.forEach(({ sandbox }) => sandbox.clearFaults()))

  it("is its access token, where a new one ends the last: the servers do not fight over it", async () => {
    const { servers } = shop.cluster
    const { sandbox } = shop.selling("mocasa")
    sandbox.newTokenEndsLast?.(true)
    sandbox.endTokens()
    const fetched = sandbox.calls("token")
    for (let times = 0; times < 4; times += 1) {
      expect(await Promise.all(servers.map((server) => choose(server, "mocasa")))).toEqual([
        200, 200,
      ])
    }
    sandbox.newTokenEndsLast?.(false)
    expect(sandbox.calls("token") - fetched).toBe(1)
  })

  it("is that it is away: the other server leaves it alone, and both send again once it is back", async () => {
    const [first, second] = shop.cluster.servers as [Member, Member]
    const { sandbox } = shop.selling("mocopay")
    const bothSend = async () => {
      sandbox.clearFaults()
      await untilTrue(async () => (await choose(first, "mocopay")) === 200)
      await untilTrue(async () => (await choose(second, "mocopay")) === 200)
    }

    /** What the second server does in a pause that the first one found. */
    const inOnePause = async () => {
      await bothSend()
      const choices = await Promise.all([1, 2, 3, 4, 5].map(() => choiceAt(second, "mocopay")))
      for (const operation of ["create", "query"] as const) {
        sandbox.fault(operation, { kind: "http-error", status: 503, times: "forever" })
      }
      await untilTrue(async () => {
        await choose(first, "mocopay")
        return (await pauseOf("mocopay")) !== undefined
      })
      const found = await pauseOf("mocopay")
      await sleep(lookMs)
      const answers: { sent: number; status: number }[] = []
      for (const choose of choices) {
        const before = sandbox.calls("create")
        const status = await choose()
        answers.push({ sent: sandbox.calls("create") - before, status })
      }
      return { answers, lasted: found !== undefined && found === (await pauseOf("mocopay")) }
    }

    // A pause is ten seconds, which a busy machine may need for less. Had the second server found out by itself, it
    // would have written another pause.
    const { answers, lasted } = await eventually(inOnePause, ({ lasted }) => lasted, patienceMs)
    expect(lasted).toBe(true)
    // The call with which it looks is sent, and one more may be under way before it has seen.
    const leftAlone = answers.slice(2)
    expect(leftAlone.map(({ sent }) => sent)).toEqual([0, 0, 0])
    expect(leftAlone.map(({ status }) => status)).not.toContain(200)
    await bothSend()
  })

  it("is when it may be asked again: what they ask at the same time is asked at one pace", async () => {
    const { servers } = shop.cluster
    const kess = shop.selling("kess")
    const opened = await Promise.all(servers.map((server) => openOrders(server, "kess", 3)))
    await noteTurns()
    try {
      const questions = kess.sandbox.calls("query")
      await Promise.all(
        servers.map((server, index) =>
          untilTrue(async () => (await checkedBy(server, opened[index]!)) > 0)
        )
      )
      const asked = kess.sandbox.calls("query") - questions
      const { reservations, closestMs } = await turnsOf(kess.providerId)
      expect(asked).toBeGreaterThanOrEqual(servers.length)
      // What is left of one that was made before is not noted.
      expect(asked).toBeLessThanOrEqual((reservations + 1) * turnsAtOnce)
      expect(reservations).toBeGreaterThanOrEqual(servers.length)
      // The database keeps times to the microsecond.
      expect(closestMs).toBeGreaterThan(turnsAtOnce * turnMs - 0.01)
    } finally {
      await shop.database.raw("drop function note_turns cascade")
      await shop.database.raw("drop table turns_reserved")
    }
  })

  /** A shopper of that server with a new cart, who is about to choose the gateway; resolves to the HTTP status then. */
  async function choiceAt(server: Member, name: string): Promise<() => Promise<number>> {
    const { gateway, country, providerId } = shop.selling(name)
    const shopper = server.shopper(shop, country)
    const collectionId = await shopper.collectionOf(await shopper.fillCart())
    return async () =>
      (await shopper.choosePayment(collectionId, providerId, sessionInput(gateway))).status
  }

  async function choose(server: Member, name: string): Promise<number> {
    return await (
      await choiceAt(server, name)
    )()
  }

  /** When the pause ends that all leave the gateway alone for; undefined where there is none, or it is over. */
  async function pauseOf(name: string): Promise<number | undefined> {
    const row = await shop
      .database("gateway_host_pause")
      .where({ origin: new URL(shop.selling(name).proxy.url).origin })
      .where("until", ">", shop.database.fn.now())
      .first()
    return row?.until.getTime()
  }

  /** Their references. Nobody pays them. */
  async function openOrders(server: Member, name: string, howMany: number): Promise<string[]> {
    const { gateway, country, providerId } = shop.selling(name)
    const shopper = server.shopper(shop, country)
    const references: string[] = []
    while (references.length < howMany) {
      const { session } = await shopper.checkOut(providerId, undefined, sessionInput(gateway))
      references.push(session.data.reference)
    }
    return references
  }

  /** How many orders a reconciliation on that server has asked about; none where another one was there before it. */
  async function checkedBy(server: Member, references: readonly string[]): Promise<number> {
    await shop
      .database("gateway_order")
      .whereIn("reference", references)
      .update({ next_check_at: new Date(0) })
    const path = "/admin/gateway-payments/reconciliation/run"
    const { id } = (await server.admin(shop).post(path, {})).data.run
    // Of runs that found nothing to do only the last row stays.
    const run = async (): Promise<{ ended_at: Date | null; checked: number } | undefined> =>
      await shop.database("reconciliation_run").where({ id }).first()
    return (await eventually(run, (row) => row?.ended_at !== null, patienceMs))?.checked ?? 0
  }

  /** Each time that is reserved for questions is noted from now on. */
  async function noteTurns(): Promise<void> {
    await shop.database.raw(
      "create table turns_reserved (provider_id text not null, free_at timestamptz not null)"
    )
    await shop.database.raw(
      `create function note_turns() returns trigger language plpgsql as
        $$ begin insert into turns_reserved values (new.provider_id, new.free_at); return new; end $$`
    )
    await shop.database.raw(
      "create trigger note_turns after insert or update on gateway_pace for each row execute function note_turns()"
    )
  }

  async function turnsOf(providerId: string) {
    const { rows } = await shop.database.raw<{
      rows: { reservations: number; closest_ms: number }[]
    }>(
      `select count(*)::int as reservations, (min(extract(epoch from gap)) * 1000)::float8 as closest_ms
        from (
          select free_at - lag(free_at) over (order by free_at) as gap from turns_reserved where provider_id = ?
        ) as turns`,
      [providerId]
    )
    return { reservations: rows[0]!.reservations, closestMs: rows[0]!.closest_ms }
  }
})

/** Of the pace of the reconciliation, 20 a second; see shared/concurrency.ts. */
const turnMs = 50
const turnsAtOnce = 5
