import { startMocasaSandbox, type MocasaSandbox } from "../../sandbox/mocasa"
import { startMocopaySandbox, type MocopaySandbox } from "../../sandbox/mocopay"
import { startRelay, type Relay } from "./relay"
import { philippines } from "./seed-store"
import { describeShop, type Shop } from "./shop"

export const mocasaProvider = "pp_mocasa_mocasa"
export const mocopayProvider = "pp_mocopay_mocopay"

export type TwoGateways = Shop & {
  /** Refunds as a whole, and not after it has settled. In the market `ph`: 112 PHP. */
  mocasa: MocasaSandbox
  /** Has no refunds. In the market `hr`: 10 EUR. */
  mocopay: MocopaySandbox
  /** Resolves when no notification is under way, at a gateway or in Medusa. */
  afterNews(): Promise<void>
}

export type TwoGatewaysOptions = { mocasa?: object }

/** A real Medusa with a real PostgreSQL that sells through a gateway with refunds and one without. */
export function describeTwoGateways(
  name: string,
  suite: (shop: TwoGateways) => void,
  options: TwoGatewaysOptions = {}
): void {
  let mocasa: MocasaSandbox
  let mocopay: MocopaySandbox
  let relay: Relay
  const plan = {
    markets: [
      philippines([mocasaProvider, "pp_system_default"]),
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
      const products = [
        { pid: "PASS", amount: "10.00", currency: "EUR", type: "onetime" as const },
        { pid: "PART", amount: "5.00", currency: "EUR", type: "onetime" as const },
      ]
      mocopay = await startMocopaySandbox({ products, notificationRetryDelayMs: 5 })
      const { clientKey, clientSecret } = mocasa.credentials
      const { apiKey, secret } = mocopay.credentials
      return [
        {
          gateway: "mocasa",
          id: "mocasa",
          options: {
            baseUrl: mocasa.url,
            clientKey,
            clientSecret,
            returnUrl: "http://localhost/checkout/return",
            timeoutMs: 2_000,
            ...options.mocasa,
          },
        },
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
      mocasa.set({ webhookUrl: `${url}/hooks/payment/mocasa_mocasa`, webhooksOn: true })
    },
    stop: async () => {
      await Promise.all([mocasa.close(), mocopay.close()])
      await relay.close()
    },
  }

  describeShop(name, plan, (shop) => {
    const harness: TwoGateways = Object.create(shop, {
      mocasa: { get: () => mocasa },
      mocopay: { get: () => mocopay },
      afterNews: {
        value: async () => {
          await Promise.all([mocasa.webhooks.settled(), mocopay.notifications.settled()])
          await shop.afterWorkflows()
        },
      },
    })

    beforeEach(() => {
      mocasa.faults.clear()
      mocasa.set({ webhooksOn: true, webhookCopies: 1, refundStatus: "success" })
      mocopay.set({ notificationsOn: true, notificationCopies: 1 })
    })

    afterEach(async () => {
      await harness.afterNews()
    })

    suite(harness)
  })
}
