import { cashy } from "../../conformance/cashy.data"
import { kess } from "../../conformance/kess.data"
import { mocasa } from "../../conformance/mocasa.data"
import { mocopay } from "../../conformance/mocopay.data"
import { paymentz } from "../../conformance/paymentz.data"
import {
  describeGatewayShop,
  type GatewayShop,
  type SellingThrough,
} from "../../http/support/gateway-shop"
import { encryption } from "../../http/support/payout-shop"
import { lackOfRedis, sharedRedis, type RedisServer } from "../../http/support/redis-server"
import { startMocasaSandbox, type MocasaSandbox } from "../../sandbox/mocasa"
import { Cluster, type Locking } from "./cluster"
import { startNewsRelay, type NewsRelay } from "./news-relay"

export type ClusterShop = GatewayShop & {
  /** Up for all tests of a way to lock. */
  readonly cluster: Cluster
  readonly news: NewsRelay
  /** Mocasa, as the shop pays out by it; with no messages. */
  readonly payouts: MocasaSandbox
  selling(gateway: string): SellingThrough
}

/** KESS sends no messages. */
const gateways = [mocasa, mocopay, kess, cashy, paymentz]

/** Longer than it takes on a busy machine to kill who waits for the answer. */
const timeoutMs = 30_000

/** No less than the patience of one that waits, and of several in a row on a machine that is busy. */
const longestTestMs = 900_000

/**
 * One shop on several servers and a worker that lock in one of the ways that servers can share. The Medusa of this process
 * seeds it and looks at its database; it serves nobody and runs no jobs. A spec each has its own PostgreSQL database and
 * its own Redis, so that both can run at the same time: they wait most of theirs for what the dead have held.
 */
export function describeCluster(locking: Locking, declare: (shop: ClusterShop) => void): void {
  jest.setTimeout(longestTestMs)
  const lack = lackOfRedis()
  if (lack) {
    it.skip(`a shop on two servers and a worker [skipped: ${lack}]`, () => undefined)
    return
  }
  // The Medusa of this process leaves all jobs to the cluster's worker.
  process.env.MEDUSA_WORKER_MODE = "server"
  let news: NewsRelay
  let redis: RedisServer
  let payouts: MocasaSandbox
  const startNotifying = async () => {
    redis = await sharedRedis()
    payouts = await startMocasaSandbox()
    process.env.SHOP_PAYOUT_OPTIONS = JSON.stringify({ payouts: payoutOptions(payouts) })
    news = await startNewsRelay()
    return news
  }

  describeGatewayShop(
    "a shop on two servers and a worker",
    gateways,
    (shop, through) => {
      afterAll(async () => {
        delete process.env.SHOP_PAYOUT_OPTIONS
        delete process.env.MEDUSA_WORKER_MODE
        await payouts.close()
        await redis.stop()
      })

      describe(`that lock in ${locking}`, () => {
        let cluster: Cluster

        beforeAll(async () => {
          cluster = await Cluster.start(shop.databaseUrl, redis.url, locking)
        })

        beforeEach(() => news.deliver({ servers: cluster.urls }))

        afterAll(async () => await cluster?.stop())

        const clusterShop: ClusterShop = Object.create(shop, {
          cluster: { get: () => cluster },
          news: { get: () => news },
          payouts: { get: () => payouts },
          selling: { value: (name: string) => sellingThrough(through, name) },
        })
        declare(clusterShop)
      })
    },
    startNotifying,
    timeoutMs
  )
}

function payoutOptions({ url: baseUrl, credentials }: MocasaSandbox) {
  const { clientKey, clientSecret } = credentials
  const options = { baseUrl, clientKey, clientSecret, timeoutMs: 5_000 }
  return {
    providers: [{ resolve: "./src/payout-providers/mocasa", id: "mocasa", options }],
    approval: "none",
    encryption,
  }
}

function sellingThrough(through: readonly SellingThrough[], name: string): SellingThrough {
  const selling = through.find(({ gateway }) => gateway.identifier === name)
  if (!selling) {
    throw new Error(`The shop does not sell through ${name}`)
  }
  return selling
}
