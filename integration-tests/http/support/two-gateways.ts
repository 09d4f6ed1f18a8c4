import { startMocasaSandbox, type MocasaSandbox } from "../../sandbox/mocasa"
import { startMocopaySandbox, type MocopaySandbox } from "../../sandbox/mocopay"
import { startRelay, type Relay } from "./relay"
import { philippines } from "./seed-store"
import { describeShop, type Shop } from "./shop"

export const mocasaProvider = "pp_mocasa_mocasa"
export const mocopayProvider = "pp_mocopay_mocopay"
/** Mocasa again, with the option `refundUnmatched`. */
export const refundingProvider = "pp_mocasa_refunding"
/** The option `webhookRetentionDays` of Mocasa; MoCoPay keeps to what it does without. */
export const mocasaDays = 7

export type TwoGateways = Shop & {
  /** Refunds as a whole, and not after it has settled. In the market `ph`: 112 PHP. */
  mocasa: MocasaSandbox
  /** The same of the account that gives back by itself what no order stands for. */
  refunding: MocasaSandbox
  /** Has no refunds. In the market `hr`: 10 EUR. */
  mocopay: MocopaySandbox
  /** Resolves when no notification is under way, at a gateway or in Medusa. */
  afterNews(): Promise<void>
}

/** A real Medusa with a real PostgreSQL that sells through a gateway with refunds and one without. */
export function describeTwoGateways(name: string, declare: (shop: TwoGateways) => void): void {
  let mocasa: MocasaSandbox
  let refunding: MocasaSandbox
  let mocopay: MocopaySandbox
  let relay: Relay
  const plan = {
    markets: [
      philippines([mocasaProvider, refundingProvider, "pp_system_default"]),
      {
        country: "hr",
        currency: "eur",
        tax: 0,
        prices: { whole: 10, odd: 5 },
        providers: [mocopayProvider],
      },
    ],
    start: async () => {
      relay = await startRelay()
      mocasa = await startMocasaSandbox({ webhookRetryDelayMs: 50 })
      refunding = await startMocasaSandbox({ webhookRetryDelayMs: 50 })
      const products = [
        { pid: "PASS", amount: "10.00", currency: "EUR", type: "onetime" as const },
        { pid: "PART", amount: "5.00", currency: "EUR", type: "onetime" as const },
      ]
      mocopay = await startMocopaySandbox({ products, notificationRetryDelayMs: 5 })
      const { apiKey, secret } = mocopay.credentials
      return [
        mocasaEntry("mocasa", mocasa, { webhookRetentionDays: mocasaDays }),
        mocasaEntry("refunding", refunding, { refundUnmatched: true }),
        {
          gateway: "mocopay",
          id: "mocopay",
          options: {
            baseUrl: mocopay.url,
            apiKey,
            secret,
            products,
            callbackUrl: `${relay.url}/payments/mocopay_mocopay/return`,
            notifyUrl: `${relay.url}/hooks/payment/mocopay_mocopay`,
          },
        },
      ]
    },
    onUrl: (url: string) => {
      relay.sendTo(url)
      mocasa.set({ webhookUrl: `${url}/hooks/payment/mocasa_mocasa` })
      refunding.set({ webhookUrl: `${url}/hooks/payment/mocasa_refunding` })
    },
    stop: async () => {
      await Promise.all([mocasa.close(), refunding.close(), mocopay.close()])
      await relay.close()
    },
  }

  describeShop(name, plan, (shop) => {
    const harness: TwoGateways = Object.create(shop, {
      mocasa: { get: () => mocasa },
      refunding: { get: () => refunding },
      mocopay: { get: () => mocopay },
      afterNews: {
        value: async () => {
          const news = [mocasa.webhooks, refunding.webhooks, mocopay.notifications]
          await Promise.all(news.map((each) => each.settled()))
          await shop.afterWorkflows()
        },
      },
    })

    beforeEach(() => {
      for (const sandbox of [mocasa, refunding]) {
        sandbox.faults.clear()
        sandbox.set({ webhooksOn: true, webhookCopies: 1, refundStatus: "success" })
      }
      mocopay.set({ notificationsOn: true, notificationCopies: 1 })
    })

    afterEach(async () => {
      await harness.afterNews()
    })

    declare(harness)
  })
}

function mocasaEntry(id: string, { url, credentials }: MocasaSandbox, more: object) {
  const { clientKey, clientSecret } = credentials
  const returnUrl = "http://localhost/checkout/return"
  const options = { baseUrl: url, clientKey, clientSecret, returnUrl, timeoutMs: 2_000, ...more }
  return { gateway: "mocasa", id, options }
}
