import { setTimeout as sleep } from "node:timers/promises"
import { checkOutThrough, sessionInput } from "../http/support/gateway-shop"
import { suite } from "../http/support/shop"
import type { ClusterShop } from "./support/cluster-shop"

/** Failures in a row after which a host is left alone, and for how long; see gateways/shared/circuit-breaker.ts. */
const failures = 10
const pauseMs = 10_000
/** A server looks at what the others know once a second, while it calls a gateway. */
const lookMs = 1_500

export const sharedKnowledge = suite<ClusterShop>("what one server knows of a gateway", (shop) => {
  afterEach(() => shop.through.forEach(({ sandbox }) => sandbox.clearFaults()))

  it("is its access token, where a new one ends the last: the servers do not fight over it", async () => {
    const { servers } = shop.cluster
    const mocasa = shop.selling("mocasa")
    mocasa.sandbox.newTokenEndsLast?.(true)
    mocasa.sandbox.endTokens()
    const fetched = mocasa.sandbox.calls("token")
    const carts = await Promise.all(
      servers.map(async (server) => {
        const shopper = server.shopper(shop, mocasa.country)
        return { shopper, collectionId: await shopper.collectionOf(await shopper.fillCart()) }
      })
    )
    for (let times = 0; times < 4; times += 1) {
      const answers = await Promise.all(
        carts.map(({ shopper, collectionId }) =>
          shopper.choosePayment(collectionId, mocasa.providerId, sessionInput(mocasa.gateway))
        )
      )
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
    }
    mocasa.sandbox.newTokenEndsLast?.(false)
    expect(mocasa.sandbox.calls("token") - fetched).toBe(1)
  })

  it("is that it is away: the other server leaves it alone, and both send again once it is back", async () => {
    const [first, second] = shop.cluster.servers
    const mocopay = shop.selling("mocopay")
    const calls = () => mocopay.sandbox.calls("create") + mocopay.sandbox.calls("query")
    const cartAt = async (server: typeof first) => {
      const shopper = server!.shopper(shop, mocopay.country)
      const collectionId = await shopper.collectionOf(await shopper.fillCart())
      return async () =>
        await shopper.choosePayment(collectionId, mocopay.providerId, sessionInput(mocopay.gateway))
    }
    const [atFirst, atSecond] = [await cartAt(first), await cartAt(second)]
    for (const operation of ["create", "query"] as const) {
      mocopay.sandbox.fault(operation, { kind: "http-error", status: 503, times: "forever" })
    }
    for (let sent = -1; sent < calls();) {
      sent = calls()
      await atFirst()
    }
    const openedAt = Date.now()
    // The first call of the other server may be under way before it has looked.
    await atSecond()
    await sleep(lookMs)
    const before = calls()
    expect(before).toBeGreaterThanOrEqual(failures)
    const answers = [await atSecond(), await atSecond(), await atSecond()]
    if (Date.now() - openedAt < pauseMs) {
      expect(calls()).toBe(before)
    }
    expect(answers.map(({ status }) => status)).not.toContain(200)
    mocopay.sandbox.clearFaults()
    await sleep(Math.max(0, openedAt + pauseMs + 500 - Date.now()))
    expect((await atFirst()).status).toBe(200)
    await sleep(lookMs)
    expect(
      (await checkOutThrough(second!.shopper(shop, mocopay.country), mocopay)).reference
    ).toBeTruthy()
  })
})
