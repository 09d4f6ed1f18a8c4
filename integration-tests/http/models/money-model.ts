import fc from "fast-check"
import { setTimeout as sleep } from "node:timers/promises"
import { Admin } from "../support/admin"
import { endWorkOfKilled, reconcileToRest } from "../support/reconciliation"
import { cashy } from "../../conformance/cashy.data"
import { kess, kessQuick } from "../../conformance/kess.data"
import { mocasa } from "../../conformance/mocasa.data"
import { mocopay } from "../../conformance/mocopay.data"
import { paymentz, paymentzManual } from "../../conformance/paymentz.data"
import { disagreements } from "../support/disagreements"
import { seedOfRun } from "../support/chance"
import { CrashingStore } from "./crashing-store"
import { describeGatewayShop } from "../support/gateway-shop"
import { MoneyActors } from "./money-actors"
import { planOf, type Plan } from "./money-plan"
import { tell } from "../support/tell"
import {
  startUnreliableRelay,
  webhookFates,
  type UnreliableRelay,
  type WebhookFate,
} from "./unreliable-relay"

/** Each has one thing under way; more would only wait for the one processor that serves them. */
const peopleAtOnce = 4

const gateways = [mocasa, mocopay, kess, kessQuick, cashy, paymentz, paymentzManual]

/** Longer than anything takes here on a busy machine. */
const patienceMs = 180_000

/**
 * Shoppers, admins, gateways and the network do what chance has them do, while the server is killed in the
 * midst of it. What is done comes from the seed, which is printed and which DEEP_SEED repeats; when exactly each
 * meets the other does not.
 *
 * @param howManyActions about a second for each, and ten for each kill, of which one comes after every twelve
 */
export function describeMoneyModel(howManyActions: number): void {
  // The jobs of the store beside it would do what the one that is killed has to prove that it does.
  process.env.MEDUSA_WORKER_MODE = "server"

  let relay: UnreliableRelay
  let fates: Iterator<WebhookFate> = [].values()

  describeGatewayShop(
    "people, gateways and a network of which none can be relied on",
    gateways,
    (shop, through) => {
      const seed = seedOfRun()

      afterAll(() => {
        delete process.env.MEDUSA_WORKER_MODE
      })

      it(`lose no money and move none twice (seed ${seed})`, async () => {
        tell(`money model: seed ${seed}, ${howManyActions} actions`)
        await fc.assert(fc.asyncProperty(planOf(howManyActions), live), {
          seed,
          numRuns: 1,
          endOnFailure: true,
        })
      })

      async function live(plan: Plan): Promise<void> {
        fates = roundAndRound(plan.fates)
        const store = new CrashingStore(shop.databaseUrl, (url) => {
          relay.sendTo(url)
          letGatewaysNotify()
        })
        try {
          await store.ready()
          const admin = await Admin.logIn(store.api, shop.container)
          const actors = new MoneyActors({ shop, store, through, admin })
          await play(store, actors, plan)
          await comeToRest(store, admin, actors)
          report(store, actors)
          const found = [...(await disagreementsNow()), ...(await broken(actors))]
          await tellRowsAbout(found)
          expect(found).toEqual([])
        } finally {
          await store.close()
        }
      }

      async function play(
        store: CrashingStore,
        actors: MoneyActors,
        { actions, kills }: Plan
      ): Promise<void> {
        const waiting = actions.values()
        let ended = 0
        const workThrough = async () => {
          for (const action of waiting) {
            await store.ready()
            await actors.run(action)
            ended += 1
          }
        }
        const killing = async () => {
          for (const kill of kills) {
            await until(async () => ended >= kill.actions)
            await sleep(kill.ms)
            await store.kill()
          }
        }
        await Promise.all([killing(), ...Array.from({ length: peopleAtOnce }, workThrough)])
        await actors.heal()
      }

      /** The gateways' own words for it: a webhook that failed too often is switched on again. */
      function letGatewaysNotify(): void {
        for (const { gateway, sandbox } of through) {
          if (gateway.capabilities.webhooks !== "none") {
            sandbox.setWebhooks({ copies: 1 })
          }
        }
      }

      /** Nothing goes wrong any more, time passes, and everybody does what is left to do. */
      async function comeToRest(
        store: CrashingStore,
        admin: Admin,
        actors: MoneyActors
      ): Promise<void> {
        fates = roundAndRound(["passes"])
        await relay.release()
        await Promise.all(through.map(async ({ sandbox }) => await sandbox.webhooksSettled()))
        await store.kill() // whatever is still under way is so no more
        await endWorkOfKilled(shop)
        await store.ready()
        await reconcileAll(admin)
        await actors.repeatCaptures()
        for (let tries = 0; tries < 3 && actors.refunds.open > 0; tries += 1) {
          await actors.refunds.repeatOpen()
          await reconcileAll(admin)
        }
        await refundWhatIsDue(admin)
        await reconcileAll(admin)
        expect(actors.refunds.open).toBe(0)
      }

      /** What canceled orders still hold; where the gateway can't give it back it stays in the list. */
      async function refundWhatIsDue(admin: Admin): Promise<void> {
        const due = await shop
          .database("payment_exception")
          .where({ kind: "refund_due", state: "open" })
        for (const { id, provider_id, reference } of due) {
          const path = `/admin/gateway-payments/exceptions/${id}/refund`
          const { status, data } = await admin.post(path, {})
          if (status !== 200) {
            tell(`money model: ${provider_id} ${reference} stays due: ${data.message}`)
          }
        }
        tell(`money model: ${due.length} refunds were due`)
      }

      async function reconcileAll(admin: Admin): Promise<void> {
        const path = "/admin/gateway-payments/reconciliation/run"
        await reconcileToRest(shop, async () => await admin.post(path, {}))
      }

      async function disagreementsNow(): Promise<string[]> {
        const references = new Map(
          through.map(({ providerId, sandbox }) => [providerId, [...new Set(sandbox.orders())]])
        )
        return await disagreements(shop.database, through, references)
      }

      /** What is not told of a run that failed is lost: when who met whom is not repeated by its seed. */
      async function tellRowsAbout(sentences: readonly string[]): Promise<void> {
        const references = new Set(sentences.flatMap((of) => of.match(/\b[0-9A-Z]{27}\b/g) ?? []))
        const { database } = shop
        for (const reference of references) {
          const orders = await database("gateway_order").where({ reference })
          const sessions = orders.map(({ session_id }) => session_id)
          const rows = {
            orders,
            operations: await database("gateway_operation").where({ order_reference: reference }),
            messages: await database("webhook_event").where({ reference }),
            exceptions: await database("payment_exception").where({ reference }),
            sessions: await database("payment_session").whereIn("id", sessions),
            payments: await database({ payment: "payment" })
              .leftJoin({ link: "order_payment_collection" }, (join) => {
                join.on("link.payment_collection_id", "payment.payment_collection_id")
              })
              .leftJoin({ order: "order" }, "order.id", "link.order_id")
              .whereIn("payment.payment_session_id", sessions)
              .select(
                "payment.*",
                "link.order_id",
                "order.status",
                "order.canceled_at as ended_at"
              ),
            carts: await database("order_cart").whereIn(
              "cart_id",
              orders.map(({ cart_id }) => cart_id)
            ),
          }
          tell(`money model: ${reference}: ${JSON.stringify(rows)}`)
        }
      }

      /** What only those know who asked for it. */
      async function broken(actors: MoneyActors): Promise<string[]> {
        const found: string[] = []
        for (const { id, selling, choices, shown } of actors.carts) {
          const orders = await shop.ordersOfCart(id)
          const { sandbox, name } = selling
          const [only] = shown
          const paid = only ? sandbox.moves("payment", only.reference).length : 0
          if (choices === 1 && paid === 1 && orders.length === 0) {
            found.push(`${name} ${only?.reference}: paid as it was shown, and not an order`)
          }
          for (const { reference } of shown) {
            const refunds = sandbox.moves("refund", reference).length
            const wanted = actors.refunds.requestsFor(reference)
            if (refunds > wanted) {
              found.push(`${name} ${reference}: ${wanted} refunds were asked for, ${refunds} made`)
            }
          }
        }
        return found
      }

      function report({ kills }: CrashingStore, actors: MoneyActors): void {
        const actions = [...actors.done].map(([what, times]) => `${times} ${what}`).join(", ")
        const webhooks = webhookFates
          .map((fate) => `${relay.met.get(fate) ?? 0} ${fate}`)
          .join(", ")
        const moves = through.flatMap(({ sandbox }) =>
          [...new Set(sandbox.orders())].flatMap((reference) => [
            ...sandbox.moves("payment", reference).map(() => "payment"),
            ...sandbox.moves("refund", reference).map(() => "refund"),
          ])
        )
        const count = (kind: string) => moves.filter((move) => move === kind).length
        tell(`money model: ${actions}`)
        tell(
          `money model: ${kills} kills, ${actors.faultsStruck} faults struck; webhooks: ${webhooks}`
        )
        tell(
          `money model: ${count("payment")} payments and ${count("refund")} refunds in the ledgers`
        )
      }
    },
    async () => {
      relay = await startUnreliableRelay(() => fates.next().value ?? "passes")
      return relay
    }
  )
}

function* roundAndRound(planned: readonly WebhookFate[]): Generator<WebhookFate, undefined> {
  for (;;) {
    yield* planned
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + patienceMs
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) {
      throw new Error("It did not come to rest in time")
    }
    await sleep(100)
  }
}
