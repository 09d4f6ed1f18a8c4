import type { GatewayDefinition } from "../../../src/providers/base/gateway"
import { kess } from "../../../src/providers/kess/gateway"
import { paymentz } from "../../../src/providers/paymentz/gateway"
import { startCashySandbox, type CashySandbox } from "../../sandbox/cashy"
import { startKessSandbox, type KessSandbox } from "../../sandbox/kess"
import { startMocopaySandbox, type MocopaySandbox } from "../../sandbox/mocopay"
import { startPaymentzSandbox, type PaymentzSandbox } from "../../sandbox/paymentz"
import { startRelay, type Relay } from "./relay"
import { describeShop, type ProviderEntry, type Shop } from "./shop"

/** Paymentz: one account that takes the money at once, and one that reserves it. In the market `hr`: 100 EUR. */
export const takingCards = "pp_paymentz_taking"
export const holdingCards = "pp_paymentz_holding"
/** The same at a Paymentz that tells of nothing: whatever happens to a payment is found by looking. */
export const takingQuietly = "pp_paymentz_quietly_taking"
export const holdingQuietly = "pp_paymentz_quietly_holding"
/** The only gateway whose return and whose notifications prove nothing at all. In the market `hr`: 100 EUR. */
export const mocopayProvider = "pp_mocopay_mocopay"
/** KESS: the shop scans the shopper's code, or the shopper scans the shop's. In the market `kh`: 10 USD. */
export const kessTill = "pp_kess_till"
export const kessQr = "pp_kess_qr"
/** Cashy with pay codes: one sells before the money comes, the other as every gateway does. `pk`: 1000 PKR. */
export const cashyBefore = "pp_cashy_before"
export const cashyAfter = "pp_cashy_after"
/** Cashy with its pay desk, where an order can be paid several times. */
export const cashyDesk = "pp_cashy_desk"

export type CardsAndCodesShop = Shop & {
  cards: PaymentzSandbox
  quietCards: PaymentzSandbox
  mocopay: MocopaySandbox
  till: KessSandbox
  qr: KessSandbox
  payCodes: CashySandbox
  payDesk: CashySandbox
}

/** Where MoCoPay and the cards send shoppers on to. */
export const donePage = "http://localhost/checkout/done?lang=hr"

/** A real Medusa with a real PostgreSQL that sells through cards, wallets' codes, pay codes and phone bills. */
export function describeCardsAndCodesShop(
  name: string,
  declare: (shop: CardsAndCodesShop) => void
): void {
  let relay: Relay
  let started: Awaited<ReturnType<typeof startSandboxes>>
  const plan = {
    markets: [
      {
        country: "hr",
        currency: "eur",
        tax: 0,
        prices: { whole: 100, odd: 50 },
        providers: [takingCards, holdingCards, takingQuietly, holdingQuietly, mocopayProvider],
      },
      {
        country: "kh",
        currency: "usd",
        tax: 0,
        prices: { whole: 10, odd: 5 },
        providers: [kessTill, kessQr],
      },
      {
        country: "pk",
        currency: "pkr",
        tax: 0,
        prices: { whole: 1000, odd: 1500 },
        providers: [cashyBefore, cashyAfter, cashyDesk],
      },
    ],
    start: async () => {
      askWithoutPauses(kess)
      askWithoutPauses(paymentz)
      relay = await startRelay()
      started = await startSandboxes()
      started.payCodes.set({ ways: ["payCode"], expiredStatus: "PAYING" })
      const { cards, quietCards, mocopay, till, qr, payCodes, payDesk } = started
      return [
        cardsEntry("taking", cards, relay.url),
        cardsEntry("holding", cards, relay.url),
        cardsEntry("quietly_taking", quietCards, relay.url),
        cardsEntry("quietly_holding", quietCards, relay.url),
        mocopayEntry(mocopay, relay.url),
        kessEntry("till", till, "quick"),
        kessEntry("qr", qr, "native"),
        cashyEntry("before", payCodes, relay.url),
        cashyEntry("after", payCodes, relay.url),
        cashyEntry("desk", payDesk, relay.url),
      ]
    },
    onUrl: (url: string) => relay.sendTo(url),
    stop: async () => {
      await Promise.all(Object.values(started).map((sandbox) => sandbox.close()))
      await relay.close()
    },
  }

  describeShop(name, plan, (shop) => {
    declare(
      Object.create(shop, {
        cards: { get: () => started.cards },
        quietCards: { get: () => started.quietCards },
        mocopay: { get: () => started.mocopay },
        till: { get: () => started.till },
        qr: { get: () => started.qr },
        payCodes: { get: () => started.payCodes },
        payDesk: { get: () => started.payDesk },
      })
    )
  })
}

/**
 * The outcome of a charge is asked for as often as in any shop, and nobody waits between the questions: the pauses
 * themselves are held by unit tests.
 */
function askWithoutPauses<Options>(definition: GatewayDefinition<Options>): void {
  const build = definition.build.bind(definition)
  definition.build = (options, tools) => {
    const gateway = build(options, tools)
    const { charge } = gateway
    if (!charge?.pollEveryMs || !charge.patienceMs) {
      return gateway
    }
    const questions = charge.patienceMs / charge.pollEveryMs
    return { ...gateway, charge: { ...charge, pollEveryMs: 1, patienceMs: questions } }
  }
}

const products = [
  { pid: "PASS", amount: "100.00", currency: "EUR", type: "onetime" as const },
  { pid: "CLUB", amount: "50.00", currency: "EUR", type: "subscription" as const },
]

async function startSandboxes() {
  const cashyOptions = { merchantId: "100200", webhookRetryDelayMs: 5 }
  return {
    cards: await startPaymentzSandbox({ callbackRetryDelayMs: 5 }),
    quietCards: await startPaymentzSandbox({ callbacksOn: false }),
    mocopay: await startMocopaySandbox({ products, notificationRetryDelayMs: 5 }),
    till: await startKessSandbox({}),
    qr: await startKessSandbox({}),
    payCodes: await startCashySandbox(cashyOptions),
    payDesk: await startCashySandbox(cashyOptions),
  }
}

function cardsEntry(id: string, { url, credentials }: PaymentzSandbox, hooks: string) {
  const options = {
    baseUrl: url,
    ...credentials,
    capture: id.endsWith("holding") ? "manual" : "automatic",
    timeoutMs: 2_000,
    returnUrl: `${hooks}/payments/paymentz_${id}/return`,
    notificationUrl: `${hooks}/hooks/payment/paymentz_${id}`,
    storefrontUrl: "http://localhost/done",
  }
  return { gateway: "paymentz", id, options }
}

function mocopayEntry({ url, credentials }: MocopaySandbox, hooks: string): ProviderEntry {
  const options = {
    baseUrl: url,
    apiKey: credentials.apiKey,
    secret: credentials.secret,
    products,
    callbackUrl: `${hooks}/payments/mocopay_mocopay/return`,
    notifyUrl: `${hooks}/hooks/payment/mocopay_mocopay`,
    storefrontUrl: donePage,
    allowedReturnOrigins: ["http://localhost"],
  }
  return { gateway: "mocopay", id: "mocopay", options }
}

function kessEntry(id: string, { url, credentials }: KessSandbox, mode: "quick" | "native") {
  const { user: username, password, storeId } = credentials
  const account = { username, password, storeId, serviceId: 30 }
  const options = { baseUrl: url, ...account, mode, currency: "usd", timeoutMs: 2_000 }
  return { gateway: "kess", id, options }
}

function cashyEntry(id: string, { url, credentials }: CashySandbox, hooks: string): ProviderEntry {
  const options = {
    baseUrl: url,
    merchantId: credentials.merchantId,
    apiKey: credentials.apiKey,
    currency: "PKR",
    payType: 36,
    notifyUrl: `${hooks}/hooks/payment/cashy_${id}`,
    placeOrderBeforePayment: id === "before",
  }
  return { gateway: "cashy", id, options }
}
