import { payerFields } from "../../../src/providers/base/storefront-input"
import type { GatewayData, GatewaySandbox } from "../../../src/testing/conformance/gateway-data"
import { payerData } from "../../../src/testing/conformance/support/shopper"
import { gatewayEntry } from "./gateway-entry"
import { startRelay, type Relay } from "./relay"
import { describeShop, type Shop } from "./shop"
import type { Checkout, CheckoutSession, Shopper } from "./shopper"
import { startFaultProxy, type FaultProxy } from "./fault-proxy"

/** Any country will do for a gateway. */
const countries = ["ph", "hr", "kh", "pk", "de", "fr", "es", "it", "at", "nl", "be"]

/** Longer than a call takes on a busy machine, and no longer than a test can wait for. */
const usualTimeoutMs = 3_000

/** One gateway, in one way to use it, that the shop sells through. */
export type SellingThrough = {
  /** Such as `paymentz manual`. */
  name: string
  gateway: GatewayData
  country: string
  providerId: string
  /** The last part of the address of its webhooks. */
  hook: string
  sandbox: GatewaySandbox
  proxy: FaultProxy
}

export type GatewayShop = Shop & {
  through: readonly SellingThrough[]
  /** Whether the shop's address answers the gateways' webhooks by 503. */
  pauseWebhooks(isPaused: boolean): void
}

/**
 * A real Medusa with a real PostgreSQL; between it and each gateway stands a proxy that can go wrong.
 *
 * @param timeoutMs how long a call to a gateway may take
 */
export function describeGatewayShop(
  name: string,
  gateways: readonly GatewayData[],
  declare: (shop: GatewayShop, through: readonly SellingThrough[]) => void,
  startNotifying: () => Promise<Relay> = async () => await startRelay(),
  timeoutMs = usualTimeoutMs
): void {
  const started = new Map<GatewayData, { sandbox: GatewaySandbox; proxy: FaultProxy }>()
  const partsOf = (gateway: GatewayData) => {
    const parts = started.get(gateway)
    if (!parts) {
      throw new Error(`The sandbox of ${gateway.identifier} was not started`)
    }
    return parts
  }
  const through = gateways.map((gateway, index): SellingThrough => {
    const { identifier, variant = "main" } = gateway
    return {
      name: gateway.variant ? `${identifier} ${variant}` : identifier,
      gateway,
      country: countries[index]!,
      providerId: `pp_${identifier}_${variant}`,
      hook: `${identifier}_${variant}`,
      get sandbox() {
        return partsOf(gateway).sandbox
      },
      get proxy() {
        return partsOf(gateway).proxy
      },
    }
  })
  let relay: Relay

  const plan = {
    markets: through.map(({ gateway, country, providerId }) => ({
      country,
      currency: Object.keys(gateway.currencies)[0]!,
      tax: 0,
      prices: { whole: 100, odd: 150 },
      providers: [providerId, "pp_system_default"],
    })),
    start: async () => {
      relay = await startNotifying()
      return await Promise.all(
        through.map(async ({ gateway, hook }) => {
          const sandbox = await gateway.startSandbox({
            webhookUrl: `${relay.url}/hooks/payment/${hook}`,
            signsWith: "current",
          })
          const proxy = await startFaultProxy(sandbox.url)
          started.set(gateway, { sandbox, proxy })
          const entry = gatewayEntry(gateway, sandbox)
          return { ...entry, options: { ...entry.options, baseUrl: proxy.url, timeoutMs } }
        })
      )
    },
    onUrl: (url: string) => relay.sendTo(url),
    stop: async () => {
      for (const { sandbox, proxy } of started.values()) {
        await proxy.close()
        await sandbox.close()
      }
      await relay.close()
    },
  }
  describeShop(name, plan, (shop) => {
    const pauseWebhooks = (isPaused: boolean) => relay.pause(isPaused)
    const parts = { through: { value: through }, pauseWebhooks: { value: pauseWebhooks } }
    declare(Object.create(shop, parts), through)
  })
}

/** Each gateway in its usual way. */
export function mainGateways(through: readonly SellingThrough[]): readonly SellingThrough[] {
  return through.filter(({ gateway }) => gateway.variant === undefined)
}

/** Up to the point where the shopper can pay. */
export async function checkOutThrough(
  shopper: Shopper,
  { gateway, providerId }: SellingThrough,
  data: Record<string, unknown> = {}
): Promise<Checkout & { reference: string }> {
  const checkout = await shopper.checkOut(providerId, undefined, {
    ...sessionInput(gateway),
    ...data,
  })
  await openPage(checkout.session)
  return { ...checkout, reference: checkout.session.data.reference }
}

/** What a storefront writes into a session of the gateway. */
export function sessionInput({ capabilities, choice }: GatewayData): Record<string, unknown> {
  return { ...payerData(payerFields(capabilities.payer)), ...choice }
}

/** What the shopper's browser does by itself. */
export async function openPage({ data }: CheckoutSession): Promise<void> {
  const { type, url = "", fields } = data.next_action
  if (type === "post_form") {
    const page = await fetch(url, { method: "POST", body: new URLSearchParams(fields) })
    if (page.status !== 200) {
      throw new Error(`The gateway's page answered ${page.status}`)
    }
  }
}
