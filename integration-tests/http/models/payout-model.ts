import fc from "fast-check"
import {
  createPayoutDatabase,
  type PayoutDatabase,
} from "../../../src/modules/payout/__tests__/payout-database"
import { seedOfRun } from "../support/chance"
import { arbitraryRules, arbitrarySteps, take } from "./payouts/payout-commands"
import { expectLaws, expectRest, expectWaysOut } from "./payouts/payout-laws"
import { Machines, PayoutWorld } from "./payouts/payout-world"
import { tell } from "../support/tell"

const minute = 60_000
const day = 24 * 60 * minute

/** Whether so many runs are surely about something, whatever their seed. */
const enoughToCount = 100

/** @param runs each with rules, steps and crashes of its own; DEEP_SEED repeats those of an earlier time */
export function describePayoutModel(runs: number): void {
  describe("Payouts, whatever happens to them", () => {
    const seed = seedOfRun()
    let database: PayoutDatabase

    beforeAll(async () => {
      database = await createPayoutDatabase()
    })

    afterAll(async () => {
      await database?.drop()
    })

    it(`move money once at most, and their events tell how (${runs} runs, seed ${seed})`, async () => {
      const observer = database.connect(2)
      const machines = new Machines(database.url, observer)
      const seen = {
        restores: 0,
        lost: 0,
        pauses: 0,
        moves: 0,
        transfers: 0,
        events: 0,
        lateAnswers: 0,
        withoutApproval: 0,
      }
      const started = Date.now()
      const property = fc.asyncProperty(arbitraryRules, arbitrarySteps, async (rules, steps) => {
        const world = await PayoutWorld.create(machines, rules)
        for (const step of steps) {
          await take(world, step)
          await expectLaws(world)
        }
        await comeToRest(world)
        await expectRest(world)
        await expectWaysOut(world)
        seen.restores += world.restores
        seen.lost += world.lostSendings.size
        seen.pauses += Number((await observer("payout_pause").count())[0]?.count)
        seen.moves += world.gateway.moves.length
        seen.lateAnswers += world.gateway.lateAnswers
        seen.withoutApproval += rules.approval === "none" ? world.gateway.moves.length : 0
        seen.transfers += Number((await observer("payout_transfer").count())[0]?.count)
        seen.events += Number((await observer("payout_transfer_event").count())[0]?.count)
      })
      await fc.assert(property, { seed, numRuns: runs, endOnFailure: true })
      await machines.stop()

      tell(
        `payout model: seed ${seed}; ${runs} runs with ${seen.transfers} transfers, ${seen.events} events, ` +
          `${seen.moves} moves of money, ${seen.withoutApproval} of them in shops that ask for no approval, ` +
          `${seen.lateAnswers} late answers, ${seen.pauses} pauses, ${seen.restores} restores that lost ${seen.lost} sendings, and ${machines.crashes} crashes in ${Math.round((Date.now() - started) / 1000)} s`
      )
      if (runs < enoughToCount) {
        return
      }
      expect(seen.moves).toBeGreaterThan(runs / 2)
      expect(machines.crashes).toBeGreaterThan(runs / 4)
      expect(seen.lateAnswers).toBeGreaterThan(runs / 20)
      expect(seen.pauses).toBeGreaterThan(runs / 20)
      expect(seen.lost).toBeGreaterThan(runs / 20)
      expect(seen.withoutApproval).toBeGreaterThan(runs / 10)
    })
  })
}

/** The gateway is well, nobody dies any more, and time goes by. */
async function comeToRest(world: PayoutWorld): Promise<void> {
  await world.allDone()
  const { payouts } = world.server(0)
  if (await payouts.sendingPause()) {
    world.gateway.isPaused = false
    await payouts.resumeSending("the run is over", world.people.one(0))
  }
  // An answer that was lost, one that is doubted, what the gateway never ends, and what is heard of only then.
  for (const wait of [2 * minute, 20 * minute, 20 * minute, 8 * day, 20 * minute]) {
    world.clock.advance(wait)
    await world.server(0).payouts.refreshDue(100)
  }
}
