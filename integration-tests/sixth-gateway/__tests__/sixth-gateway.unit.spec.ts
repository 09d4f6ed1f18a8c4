import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { admitWebhook } from "../../../src/gateways/shared/webhook"
import { MemoryJournal } from "../../../src/modules/payment-journal/__tests__/memory-journal"
import type { PaymentSessionRow, ProviderCradle } from "../../../src/providers/base/medusa-rows"
import { recordingLogger } from "../../../src/providers/base/__tests__/fake-provider"
import type * as Acme from "../src/providers/acme"
import type * as Registry from "../../../src/providers/registry"
import { AcmeServer } from "../acme-server"
import { newFiles, sourceWithAcme, withNewLines } from "../with-acme"

const apiKey = "acme_key_nobody_may_see"
const logger = recordingLogger(() => undefined)
const server = new AcmeServer(apiKey)
const source = sourceWithAcme()
const options = { baseUrl: "", apiKey, returnUrl: "https://shop.example/return" }
const config = { modules: { payment: { options: { providers: [] as object[] } } } }
let acme: typeof Acme
let registry: typeof Registry

beforeAll(async () => {
  options.baseUrl = await server.start()
  config.modules.payment.options.providers.push({
    resolve: "medusa-regional-payments/providers/acme",
    id: "main",
    options,
  })
  acme = await import(join(source.folder, "providers/acme"))
  registry = await import(join(source.folder, "providers/registry"))
})

afterAll(async () => {
  await server.close()
  source.remove()
})

const session: PaymentSessionRow & { data: Record<string, unknown> } = {
  id: "payses_01J9ZC7T4M8W2X3Y5V6B7N8PQR",
  provider_id: "pp_acme_main",
  payment_collection_id: "pay_col_1",
  amount: 12.5,
  currency_code: "eur",
  data: {},
}

const refund = { id: "ref_1", amount: 5 }

function provider(): Acme.AcmePaymentProvider {
  const cradle: ProviderCradle = {
    logger,
    get __pg_connection__(): never {
      throw new Error("The journal is in memory")
    },
    paymentSessionService: { list: async () => [session] },
    paymentService: { list: async () => [] },
    captureService: { list: async () => [] },
    refundService: { list: async () => [refund] },
    payment_providers: ["pp_acme_main"],
  }
  const made = new acme.AcmePaymentProvider(cradle, options, new MemoryJournal())
  return Object.assign(cradle, { pp_acme_main: made }).pp_acme_main
}

describe("a sixth gateway", () => {
  it("is four new files and two lines", () => {
    const files = (folder: string) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
        /\.ts$/.test(name)
      )
    expect(files(join(__dirname, "../src")).sort()).toEqual([...newFiles].sort())
    const registryFile = join(__dirname, "../../../src/providers/registry.ts")
    const before = readFileSync(registryFile, "utf8")
    const lines = new Set(before.split("\n"))
    const added = withNewLines(before)
      .split("\n")
      .filter((line) => !lines.has(line))
    expect(added).toHaveLength(2)
  })

  it("takes a payment and gives a part of it back, once where the answer was lost", async () => {
    const acmePay = provider()
    const opened = await acmePay.initiatePayment({
      amount: session.amount,
      currency_code: session.currency_code,
      context: { idempotency_key: session.id },
      data: { session_id: session.id, payer: { email: "ana@example.com" } },
    })
    const [reference = ""] = server.orders.keys()
    expect(opened.data).toMatchObject({
      reference,
      next_action: { type: "redirect", url: `https://acme.example/pay/${reference}` },
    })
    const data = { ...opened.data }
    await expect(acmePay.getPaymentStatus({ data })).resolves.toMatchObject({ status: "pending" })

    server.pay(reference)
    const paid = await acmePay.authorizePayment({ data, context: { idempotency_key: session.id } })
    expect(paid.status).toBe("captured")

    server.lostAnswers = 1
    const again = async () =>
      await acmePay.refundPayment({
        data: { ...paid.data },
        amount: refund.amount,
        context: { idempotency_key: refund.id },
      })
    await again().catch(again)
    expect([...server.refunds.values()]).toEqual([
      { order: reference, reference: expect.any(String), amount: "5.00" },
    ])
  })

  it("refuses a shopper of whom it needs more, and a currency that it does not take", async () => {
    const initiate = async (change: object) =>
      await provider().initiatePayment({
        amount: session.amount,
        currency_code: session.currency_code,
        context: { idempotency_key: session.id },
        data: { session_id: session.id, payer: { email: "ana@example.com" } },
        ...change,
      })
    await expect(initiate({ data: { session_id: session.id } })).rejects.toThrow(/e-?mail/i)
    await expect(initiate({ currency_code: "php" })).rejects.toThrow(/PHP/i)
  })

  it("is known to the routes, the jobs and the check at boot", () => {
    expect(registry.configuredProviderIds(config)).toEqual(["pp_acme_main"])
    expect(registry.isMeantForUs(config, "acme_other")).toBe(true)
    const gateway = registry.gatewayOf(config, "pp_acme_main", logger)?.gateway
    expect(gateway?.title).toBe("Acme Pay")
    expect(() => acme.AcmePaymentProvider.validateOptions({})).toThrow(/baseUrl: is missing/)
  })

  it("has its messages taken where they are signed, and refused where they are not", () => {
    const gateway = registry.gatewayOf(config, "pp_acme_main", logger)?.gateway
    const rawBody = Buffer.from(JSON.stringify({ reference: "R1", status: "PAID" }))
    const signature = createHash("sha256").update(rawBody).update(apiKey).digest("hex")
    const admitted = (headers: Record<string, string>) =>
      gateway &&
      admitWebhook(
        { method: "POST", rawBody, headers },
        { webhooks: gateway.capabilities.webhooks, parseWebhook: gateway.parseWebhook }
      )
    expect(admitted({ "acme-signature": signature })).toMatchObject({
      type: "accepted",
      proof: "proven",
      event: { reference: "R1", rawStatus: "PAID" },
    })
    expect(admitted({ "acme-signature": "00" })).toMatchObject({ type: "refused", status: 401 })
  })
})
