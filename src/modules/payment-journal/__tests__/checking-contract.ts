import { firstCheckMs } from "../gateway-order"
import type { PaymentJournal } from "../repositories/journal"
import {
  neverAsked,
  newSessionId,
  openedOrder,
  refundOf,
  times,
  type JournalUnderTest,
  expectOperation,
} from "./fixtures"

const minute = 60_000

/** Each test asks for a gateway of its own, because the journal holds the orders of all of them. */
export function describeChecking(subject: () => JournalUnderTest): void {
  describe("taking over what is to be asked about", () => {
    const newProvider = () => `pp_acme_${newSessionId()}`
    const claim = (provider_id: string, change: { limit?: number; due?: Date } = {}) => ({
      provider_id,
      due: subject().clock.now(),
      lease_ms: 5 * minute,
      limit: 100,
      ...change,
    })

    async function dueOrder(provider_id: string): Promise<string> {
      const reference = await openedOrder(subject().journal, { provider_id })
      subject().clock.advance(firstCheckMs)
      return reference
    }

    it("leaves a new order alone for half a minute", async () => {
      const { journal, clock } = subject()
      const provider = newProvider()
      const reference = await openedOrder(journal, { provider_id: provider })
      clock.advance(firstCheckMs - 1)
      expect(await journal.claimOrdersToCheck(claim(provider))).toEqual([])
      clock.advance(1)
      expect(await journal.claimOrdersToCheck(claim(provider))).toMatchObject([
        { reference, checks: 1 },
      ])
    })

    it("gives each order to one of all who ask at once", async () => {
      const { journal, elsewhere } = subject()
      const provider = newProvider()
      const references = await Promise.all(times(30, () => dueOrder(provider)))
      const taken = await Promise.all(
        times(12, (index) =>
          (index % 2 ? journal : elsewhere).claimOrdersToCheck(claim(provider, { limit: 7 }))
        )
      )
      // Who is skipped over because another holds it at this very moment is left for the next claim.
      const rest = await journal.claimOrdersToCheck(claim(provider))
      const all = [...taken.flat(), ...rest].map(({ reference }) => reference)
      expect(all.sort()).toEqual([...references].sort())
      expect(Math.max(...taken.map((orders) => orders.length))).toBeLessThanOrEqual(7)
    })

    it("takes the longest due first, of this gateway alone", async () => {
      const { journal } = subject()
      const provider = newProvider()
      const first = await dueOrder(provider)
      await dueOrder(newProvider())
      await dueOrder(provider)
      const [one, ...others] = await journal.claimOrdersToCheck(claim(provider, { limit: 1 }))
      expect(one?.reference).toBe(first)
      expect(others).toEqual([])
    })

    it("gives back what a server that died had taken over, once its time is up", async () => {
      const { journal, elsewhere, clock } = subject()
      const provider = newProvider()
      await dueOrder(provider)
      await journal.claimOrdersToCheck(claim(provider))
      clock.advance(5 * minute - 1)
      expect(await elsewhere.claimOrdersToCheck(claim(provider))).toEqual([])
      clock.advance(1)
      expect(await elsewhere.claimOrdersToCheck(claim(provider))).toMatchObject([{ checks: 2 }])
    })

    it("leaves what is taken over to a server that holds on to it, but for what it has scheduled", async () => {
      const { journal, elsewhere, clock } = subject()
      const provider = newProvider()
      const references = [await dueOrder(provider), await dueOrder(provider)]
      const [first] = await journal.claimOrdersToCheck(claim(provider))
      const again = new Date(clock.now().getTime() + minute)
      await journal.scheduleOrderCheck(references[0]!, again)
      clock.advance(4 * minute)
      const held = { references, until: first!.next_check_at!, lease_ms: 5 * minute }
      const until = await journal.renewOrderChecks(held)
      expect(until?.getTime()).toBe(clock.now().getTime() + 5 * minute)
      clock.advance(5 * minute - 1)
      expect(await elsewhere.claimOrdersToCheck(claim(provider))).toMatchObject([
        { reference: references[0] },
      ])
      clock.advance(1)
      expect(await elsewhere.claimOrdersToCheck(claim(provider))).toMatchObject([
        { reference: references[1], checks: 2 },
      ])
      expect(await journal.renewOrderChecks({ ...held, until: until! })).toBeUndefined()
    })

    it("takes nothing over that became due after the run began", async () => {
      const { journal, clock } = subject()
      const provider = newProvider()
      const due = clock.now()
      await dueOrder(provider)
      expect(await journal.claimOrdersToCheck(claim(provider, { due }))).toEqual([])
    })

    it("takes over released orders too, because they can still be paid", async () => {
      const { journal } = subject()
      const provider = newProvider()
      const reference = await dueOrder(provider)
      await journal.releaseSession(reference)
      expect(await journal.claimOrdersToCheck(claim(provider))).toHaveLength(1)
    })

    it("leaves alone what is done with, whatever more is told of it but money", async () => {
      const { journal, clock } = subject()
      const provider = newProvider()
      const reference = await dueOrder(provider)
      await journal.scheduleOrderCheck(reference, null)
      await journal.changeOrder(reference, { state: "failed" })
      clock.advance(1_000 * minute)
      expect(await journal.claimOrdersToCheck(claim(provider))).toEqual([])
    })

    it("leaves alone what was paid and done with, when more is told of the same money", async () => {
      const { journal } = subject()
      const reference = await openedOrder(journal)
      await journal.changeOrder(reference, { state: "paid" })
      await journal.scheduleOrderCheck(reference, null)
      await journal.changeOrder(reference, { state: "paid", details: { surplus: "1" } })
      expect((await journal.findOrder(reference))?.next_check_at).toBeNull()
    })

    it("is due again soon after money came for it", async () => {
      const { journal, clock } = subject()
      const reference = await openedOrder(journal)
      await journal.scheduleOrderCheck(reference, null)
      await journal.changeOrder(reference, { state: "paid" })
      expect((await journal.findOrder(reference))?.next_check_at).toEqual(
        new Date(clock.now().getTime() + firstCheckMs)
      )
    })

    it("is due soon after money came for it, however late it would have been", async () => {
      const { journal, clock } = subject()
      const reference = await openedOrder(journal)
      await journal.scheduleOrderCheck(reference, new Date(clock.now().getTime() + 100 * minute))
      await journal.changeOrder(reference, { state: "authorized" })
      expect((await journal.findOrder(reference))?.next_check_at).toEqual(
        new Date(clock.now().getTime() + firstCheckMs)
      )
    })

    it("is not asked about once the gateway refused it, unless it is opened again", async () => {
      const { journal, clock } = subject()
      const reference = await openedOrder(journal)
      await journal.changeOrder(reference, { state: "refused" })
      expect((await journal.findOrder(reference))?.next_check_at).toBeNull()
      clock.advance(minute)
      await journal.changeOrder(reference, { state: "opening" })
      expect((await journal.findOrder(reference))?.next_check_at).toEqual(
        new Date(clock.now().getTime() + firstCheckMs)
      )
    })

    it("is asked about as before where it is only told again to be open", async () => {
      const { journal } = subject()
      const reference = await openedOrder(journal)
      await journal.changeOrder(reference, { state: "open" })
      await journal.scheduleOrderCheck(reference, null)
      await journal.changeOrder(reference, { state: "open", gateway_id: "G1" })
      expect((await journal.findOrder(reference))?.next_check_at).toBeNull()
    })

    it("keeps an earlier time than that", async () => {
      const { journal, clock } = subject()
      const reference = await openedOrder(journal)
      const soon = new Date(clock.now().getTime() + 1_000)
      await journal.scheduleOrderCheck(reference, soon)
      await journal.changeOrder(reference, { state: "authorized" })
      expect((await journal.findOrder(reference))?.next_check_at).toEqual(soon)
    })

    describe("moves of money", () => {
      async function begun(provider_id: string, journal: PaymentJournal = subject().journal) {
        const order = await openedOrder(journal, { provider_id })
        const start = await journal.beginOperation(refundOf(order), neverAsked)
        return { order, reference: expectOperation(start).operation.reference }
      }

      it("are left to who began them, until their time is up", async () => {
        const { journal, clock } = subject()
        const provider = newProvider()
        const { reference } = await begun(provider)
        clock.advance(minute - 1)
        expect(await journal.claimOperationsToCheck(claim(provider))).toEqual([])
        clock.advance(1)
        expect(await journal.claimOperationsToCheck(claim(provider))).toMatchObject([
          { reference, state: "intended", checks: 1 },
        ])
      })

      it.each(["done", "declined"] as const)("are left alone when they are %s", async (state) => {
        const { journal, clock } = subject()
        const provider = newProvider()
        const { reference } = await begun(provider)
        await journal.settleOperation(reference, { state })
        clock.advance(1_000 * minute)
        expect(await journal.claimOperationsToCheck(claim(provider))).toEqual([])
        await journal.scheduleOperationCheck(reference, clock.now())
        expect(await journal.claimOperationsToCheck(claim(provider))).toEqual([])
      })

      it("that are done are looked at again in their time, where they can still be taken back", async () => {
        const { journal, clock } = subject()
        const provider = newProvider()
        const { reference } = await begun(provider)
        const look_again_at = new Date(clock.now().getTime() + 60 * minute)
        await journal.settleOperation(reference, { state: "done", look_again_at })
        clock.advance(60 * minute - 1)
        expect(await journal.claimOperationsToCheck(claim(provider))).toEqual([])
        clock.advance(1)
        expect(await journal.claimOperationsToCheck(claim(provider))).toMatchObject([
          { reference, state: "done" },
        ])
        await journal.scheduleOperationCheck(reference, null)
        clock.advance(1_000 * minute)
        expect(await journal.claimOperationsToCheck(claim(provider))).toEqual([])
      })

      it("that are done return once, stay due until that is seen to, and the order holds its money again", async () => {
        const { journal, elsewhere, clock } = subject()
        const provider = newProvider()
        const { order, reference } = await begun(provider)
        expect(await journal.returnRefund(reference, {})).toBeUndefined() // it is not done
        await journal.settleOperation(reference, { state: "done", look_again_at: clock.now() })
        await journal.changeOrder(order, { state: "refunded" })
        expect(await journal.changeOrder(order, { state: "paid" })).toMatchObject({
          state: "refunded",
        })
        await journal.claimOperationsToCheck(claim(provider))
        const gatewayError = { gateway_code: "CLOSED", gateway_message: "the card is closed" }
        const both = await Promise.all([
          journal.returnRefund(reference, gatewayError),
          elsewhere.returnRefund(reference, gatewayError),
        ])
        expect(both.filter((one) => one !== undefined)).toMatchObject([
          { reference, state: "returned", ...gatewayError },
        ])
        expect(await journal.findOrder(order)).toMatchObject({ state: "paid" })
        expect(await journal.settleOperation(reference, { state: "done" })).toMatchObject({
          state: "returned",
        })
        clock.advance(1_000 * minute)
        expect(await journal.claimOperationsToCheck(claim(provider))).toMatchObject([
          { reference, state: "returned" },
        ])
        const again = await journal.beginOperation(refundOf(order), neverAsked)
        expect(expectOperation(again).operation.reference).not.toBe(reference)
      })

      it("are asked about half a minute after they ended in the unknown", async () => {
        const { journal, clock } = subject()
        const provider = newProvider()
        const { reference } = await begun(provider)
        await journal.settleOperation(reference, { state: "unknown" })
        clock.advance(firstCheckMs - 1)
        expect(await journal.claimOperationsToCheck(claim(provider))).toEqual([])
        clock.advance(1)
        expect(await journal.claimOperationsToCheck(claim(provider))).toHaveLength(1)
      })

      it("are not resumed by Medusa's next try while somebody asks about them", async () => {
        const { journal, elsewhere, clock } = subject()
        const provider = newProvider()
        const { order } = await begun(provider)
        clock.advance(minute)
        await journal.claimOperationsToCheck(claim(provider))
        const start = await elsewhere.beginOperation(refundOf(order), neverAsked)
        expect(start.type).toBe("under_way")
      })

      it("go to one of a job and an admin who come at once", async () => {
        const { journal, elsewhere, clock } = subject()
        for (const round of times(20, (index) => index)) {
          const provider = newProvider()
          const { order } = await begun(provider)
          clock.advance(minute)
          const inputs = [
            async () => (await journal.claimOperationsToCheck(claim(provider))).length > 0,
            async () =>
              (await elsewhere.beginOperation(refundOf(order), neverAsked)).type === "resume",
          ]
          const got = await Promise.all((round % 2 ? inputs : inputs.reverse()).map((go) => go()))
          expect(got.filter((mine) => mine)).toHaveLength(1)
        }
      })

      it("are due again when the server died that resumed them", async () => {
        const { journal, clock } = subject()
        const provider = newProvider()
        const { order, reference } = await begun(provider)
        await journal.settleOperation(reference, { state: "unknown" })
        await journal.scheduleOperationCheck(reference, null)
        await journal.beginOperation(refundOf(order), neverAsked)
        clock.advance(minute)
        expect(await journal.claimOperationsToCheck(claim(provider))).toHaveLength(1)
      })

      it("that are charges are told by their order", async () => {
        const { journal, clock } = subject()
        const provider = newProvider()
        const order = await openedOrder(journal, { provider_id: provider })
        await journal.beginOperation(refundOf(order, { kind: "charge" }), neverAsked)
        clock.advance(10 * minute)
        expect(await journal.claimOperationsToCheck(claim(provider))).toEqual([])
      })
    })
  })
}
