import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import {
  MemoryJournal,
  type PaymentSessionRow,
  type ProviderCradle,
  recordingLogger,
} from "medusa-regional-payments/testing"
import { AcmeStandIn } from "../stand-in"
import { AcmePaymentProvider } from "../src/providers/acme"

/** The example of docs/extending.md, as a package of its own: it sees what this package exports, and nothing else. */
const apiKey = "acme_key_nobody_may_see"
const logger = recordingLogger(() => undefined)
const options = { baseUrl: "", apiKey, returnUrl: "https://shop.example/return" }
let server: AcmeStandIn

beforeAll(async () => {
  server = await AcmeStandIn.start({ apiKey })
  options.baseUrl = server.url
})

afterAll(async () => {
  await server.close()
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

function provider(): AcmePaymentProvider {
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
  const made = new AcmePaymentProvider(cradle, options, new MemoryJournal())
  return Object.assign(cradle, { pp_acme_main: made }).pp_acme_main
}

describe("a sixth gateway", () => {
  it("is a few files, which import what the package exports", () => {
    const folder = join(__dirname, "../src")
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts")
    )
    expect(files.sort()).toEqual([
      "client.ts",
      "gateway.ts",
      "options.ts",
      "payout-providers/acme/index.ts",
      "payouts.ts",
      "providers/acme/index.ts",
    ])
    const imported = [...files.map((file) => join(folder, file)), __filename].flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/from "([^"]+)"/g)].map(([, name = ""]) => name)
    )
    const ours = imported.filter((name) => name.startsWith("medusa-") || name.includes("src/"))
    expect(new Set(ours)).toEqual(
      new Set([
        "medusa-regional-payments/extend",
        "medusa-regional-payments/testing",
        "../src/providers/acme",
      ])
    )
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

    server.faults.add({ kind: "answer-lost", path: "/refunds" })
    const again = async () =>
      await acmePay.refundPayment({
        data: { ...paid.data },
        amount: refund.amount,
        context: { idempotency_key: refund.id },
      })
    await again().catch(again)
    expect([...server.refunds.values()]).toEqual([
      { order: reference, reference: expect.any(String), amount: "5.00", status: "MADE" },
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

  it("has its options checked as those of the others are", () => {
    expect(() => AcmePaymentProvider.validateOptions({})).toThrow(/baseUrl: is missing/)
  })
})
