import type { AxiosResponse } from "axios"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { startCashySandbox, type CashySandbox } from "../../sandbox/cashy"
import { startMocasaSandbox, type MocasaSandbox } from "../../sandbox/mocasa"
import { startPaymentzSandbox, type PaymentzSandbox } from "../../sandbox/paymentz"
import { Admin } from "./admin"
import { startRelay, type Relay } from "./relay"
import { mocasaEntry, mocasaMarket, mocasaStore, type MocasaStore } from "./mocasa-store"
import { describeShop, type ProviderEntry } from "./shop"

export const mocasaPayouts = "po_mocasa_mocasa"
export const cashyPayouts = "po_cashy_cashy"
export const paymentzPayouts = "po_paymentz_paymentz"
export const bankFilePayouts = "po_bank_file_zagreb"

/** The shop's own account, from which bank files are paid: right check digits, and nobody's. */
export const debtor = { name: "Tržnica d.o.o.", iban: "HR1723600001101234565", bic: "ZABAHR2X" }

export type PayoutShop = MocasaStore & {
  mocasa: MocasaSandbox
  cashy: CashySandbox
  paymentz: PaymentzSandbox
  /** Approves what `admin` makes. */
  second: Admin
}

/** A transfer as the Admin API shows it, as far as the specs look at it. */
export type ShownTransfer = {
  id: string
  reference: string
  status: string
  reason: string | null
  amount: number
  raw_amount: { value: string }
  currency_code: string
  gateway_id: string | null
  provider_id: string
}

export type PayoutPlan = {
  /** What stands in `payouts` beside the providers and the key. */
  options?: Record<string, unknown>
  /** What the shop is told of where a gateway is; without it the sandbox's own address. */
  addressOf?: (gateway: "mocasa" | "cashy" | "paymentz", url: string) => Promise<string>
  stop?: () => Promise<void>
}

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString("base64")

/** Keys for tests alone; what an older one has encrypted can still be read. */
export const encryption = { keyId: "test", keys: { test: keyOf(7), older: keyOf(8) } }

/** As the shop's options were before the key was changed. */
export const olderEncryption = { ...encryption, keyId: "older" }

const timeoutMs = 1_500

/** A real Medusa with a real PostgreSQL that sells through Mocasa and pays out through Mocasa, Cashy, Paymentz and a bank. */
export function describePayoutShop(
  name: string,
  declare: (shop: PayoutShop) => void,
  { options = {}, addressOf = async (_, url) => url, stop }: PayoutPlan = {}
): void {
  let mocasa: MocasaSandbox
  let cashy: CashySandbox
  let paymentz: PaymentzSandbox
  let relay: Relay
  let second: Admin

  const plan = {
    markets: [mocasaMarket],
    start: async (): Promise<readonly ProviderEntry[]> => {
      relay = await startRelay()
      mocasa = await startMocasaSandbox({ webhookRetryDelayMs: 50 })
      cashy = await startCashySandbox({ webhookRetryDelayMs: 50, wholeAmounts: false })
      paymentz = await startPaymentzSandbox({ callbackRetryDelayMs: 50 })
      const { clientKey, clientSecret } = mocasa.credentials
      const { merchantId, apiKey } = cashy.credentials
      const { memberId, secureKey, partnerId, username } = paymentz.credentials
      const ofMocasa = {
        baseUrl: await addressOf("mocasa", mocasa.url),
        clientKey,
        clientSecret,
        timeoutMs,
      }
      const ofCashy = {
        baseUrl: await addressOf("cashy", cashy.url),
        merchantId,
        apiKey,
        currency: "PKR",
        wholeAmounts: false,
        notifyUrl: `${relay.url}/hooks/payout/cashy_cashy`,
        timeoutMs,
      }
      const ofPaymentz = {
        baseUrl: await addressOf("paymentz", paymentz.url),
        memberId,
        secureKey,
        partnerId,
        username,
        merchantEmail: "shop@example.com",
        notificationUrl: `${relay.url}/hooks/payout/paymentz_paymentz`,
        timeoutMs,
      }
      const providers = [
        { resolve: "./src/payout-providers/mocasa", id: "mocasa", options: ofMocasa },
        { resolve: "./src/payout-providers/cashy", id: "cashy", options: ofCashy },
        { resolve: "./src/payout-providers/paymentz", id: "paymentz", options: ofPaymentz },
        { resolve: "./src/payout-providers/bank-file", id: "zagreb", options: { debtor } },
      ]
      const payouts = { providers, encryption, ...options }
      process.env.SHOP_PAYOUT_OPTIONS = JSON.stringify({ payouts })
      return [mocasaEntry(mocasa)]
    },
    onUrl: (url: string) => relay.sendTo(url),
    stop: async () => {
      delete process.env.SHOP_PAYOUT_OPTIONS
      await Promise.all([mocasa.close(), cashy.close(), paymentz.close(), stop?.()])
      await relay.close()
    },
  }

  describeShop(name, plan, (shop) => {
    beforeAll(async () => {
      second = await Admin.logIn(shop.api, shop.container)
    })

    // Mocasa has one address for payments and payouts: that of payments, which most shops have set.
    const store = mocasaStore(shop, () => mocasa)

    beforeEach(() => {
      mocasa.set({ transferStatus: "success", beneficiaryStatus: "success" })
      cashy.set({ webhooksOn: true, payoutStatus: "PROCESSING" })
      paymentz.set({ callbacksOn: true, payoutStatus: "payoutstarted" })
      for (const sandbox of [cashy, paymentz]) {
        sandbox.faults.clear()
        sandbox.calls.clear()
      }
    })

    afterEach(async () => {
      await Promise.all([cashy.webhooks, paymentz.callbacks].map((each) => each.settled()))
      await noPayoutIsDue(shop.database)
    })

    const harness: PayoutShop = Object.create(store, {
      mocasa: { get: () => mocasa },
      cashy: { get: () => cashy },
      paymentz: { get: () => paymentz },
      second: { get: () => second },
    })
    declare(harness)
  })
}

/** No job sends or asks about what a test has left open. */
async function noPayoutIsDue(database: Knex): Promise<void> {
  const open = database("payout_transfer").whereIn("status", ["approved", "submitting"])
  await open.update({ status: "canceled" })
  await database("payout_transfer").whereNotNull("next_check_at").update({ next_check_at: null })
}

/** What a seller tells of himself; the identity document must be found nowhere afterwards. */
export const seller = {
  provider_id: mocasaPayouts,
  name: "Dela Cruz Trading",
  kind: "business",
  email: "juan@example.com",
  phone: "+639171234567",
  shop_name: "Dela Cruz Sari-sari",
  identity: {
    id_type: "passport",
    id_number: "P9876543A",
    business_licence: "DTI-55512345",
  },
} as const

export const walletOwner = {
  provider_id: cashyPayouts,
  name: "Ayesha Khan",
  kind: "person",
  account: { account_number: "03001234567", account_type: "1", bank_code: "12" },
} as const

/** @throws Error with what the shop answered, where it is not what was hoped for */
export function required<Body>(answer: AxiosResponse<Body>, status = 200): Body {
  if (answer.status !== status) {
    throw new Error(`The shop answered ${answer.status}: ${JSON.stringify(answer.data)}`)
  }
  return answer.data
}

export async function addBeneficiary(
  admin: Admin,
  beneficiary: object
): Promise<Record<string, unknown> & { id: string; status: string }> {
  return required(await admin.post("/admin/payouts/beneficiaries", beneficiary)).beneficiary
}

export async function makeTransfer(
  admin: Admin,
  beneficiary_id: string,
  request: { amount: string; currency_code: string; purpose?: string }
): Promise<ShownTransfer> {
  const body = { beneficiary_id, purpose: "Commission of May", ...request }
  return required(await admin.post("/admin/payouts/transfers", body)).transfer
}

export async function shownTransfer(admin: Admin, id: string): Promise<ShownTransfer> {
  return required(await admin.get(`/admin/payouts/transfers/${id}`)).transfer
}
