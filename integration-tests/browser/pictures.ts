/**
 * npx tsx integration-tests/browser/pictures.ts                 all pictures of the dashboard in docs/pictures, anew
 * npx tsx integration-tests/browser/pictures.ts order till      these alone
 *
 * Of the shop that `SHOP_RBAC=true node integration-tests/browser/serve.mjs` runs, just started: what is on the pages of
 * payouts is made here, each time once more. The storefront's picture is the demo's, and is not taken here.
 */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { seller, walletOwner } from "../http/support/payout-shop"
import { AdminApi } from "./support/api"
import type { Dashboard } from "./support/dashboard"
import { withPalette } from "./support/palette-png"
import { makeTransfer } from "./support/payout-people"
import { payoutStory } from "./support/payout-story"
import { Proof } from "./support/proof"

const PICTURES = join(__dirname, "../../docs/pictures")
const SIZE = { width: 1280, height: 800 }

type Picture = {
  /** Below /app. */
  path: string
  /** Opens what has to be opened first. */
  open?: (dashboard: Dashboard) => Promise<void>
}

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true })
  process.env.BROWSER_SHOP = "running"
  const proof = new Proof("pictures")
  await proof.start()
  try {
    const all = Object.entries(await picturesOf(proof))
    for (const [name, picture] of all) {
      if (positionals.length === 0 || positionals.includes(name)) {
        await take(proof, name, picture)
      }
    }
  } finally {
    await proof.stop()
  }
}

async function take(proof: Proof, name: string, { path, open }: Picture): Promise<void> {
  const dashboard = await proof.dashboard()
  const { page } = dashboard
  await page.setViewportSize(SIZE)
  await dashboard.open(path)
  // In the drawer, where one is open: the rest of the page is hidden then.
  await page.getByRole("heading").first().waitFor()
  await open?.(dashboard)
  await dashboard.settled()
  await page.locator(".animate-pulse").first().waitFor({ state: "detached" })
  const picture = withPalette(await page.screenshot({ animations: "disabled", caret: "hide" }))
  writeFileSync(join(PICTURES, `${name}.png`), picture)
  console.log(`${name}.png: ${Math.ceil(picture.length / 1024)} KiB`)
  await page.context().close()
}

async function picturesOf(proof: Proof): Promise<Record<string, Picture>> {
  const api = await proof.api()
  const paidTwice = await orderPaidTwice(api)
  const customer = await whatWaitsForTheOwner(proof, api)
  const story = await payoutStory(proof, "Đurđica Kovačić")
  return {
    order: { path: `/orders/${paidTwice.order_id}`, open: showing("Gateway payments") },
    customer: { path: `/customers/${customer}`, open: showing("Personal data of payments") },
    "payments-that-need-you": { path: "/payments-that-need-you" },
    exception: {
      path: "/payments-that-need-you",
      open: async ({ main, dialog }) => {
        await main.getByRole("row").filter({ hasText: "Cashy" }).click()
        await dialog.waitFor()
      },
    },
    "gateway-payments": { path: "/gateway-payments" },
    "gateway-payment": { path: `/gateway-payments/${paidTwice.id}` },
    "gateway-messages": { path: "/payments-that-need-you/messages" },
    reconciliation: { path: "/payments-that-need-you/reconciliation" },
    till: { path: "/till" },
    "payment-gateways": { path: "/settings/payment-gateways" },
    "payment-gateway": { path: "/settings/payment-gateways/pp_paymentz_paymentz" },
    region: { path: `/settings/regions/${await regionOf(api)}`, open: showing("Payment gateways") },
    payouts: { path: "/payouts" },
    payout: { path: story.transfer },
    beneficiaries: { path: "/payouts/beneficiaries" },
    beneficiary: { path: story.beneficiary },
    "payout-approvals": { path: "/payouts/approvals" },
    "payout-approval": {
      path: "/payouts/approvals",
      open: async ({ main, dialog }) => {
        await main.getByRole("button", { name: "Sofia Reyes" }).last().click()
        await dialog.getByRole("button", { name: /^Approve/ }).waitFor()
      },
    },
    "payout-balances": { path: "/payouts/balances" },
    batches: { path: "/payouts/batches" },
    batch: { path: story.batch },
    "payout-imports": { path: "/payouts/imports" },
    "payout-import": { path: story.import },
    "payout-bank-file": { path: story.file },
    "payout-statements": { path: story.statement },
  }
}

/** Scrolls to a part of the plugin's on a page of Medusa's. */
function showing(heading: string) {
  return async ({ main }: Dashboard) => {
    const title = main.getByRole("heading", { name: heading })
    await title.waitFor()
    await title.evaluate((element) => element.scrollIntoView({ block: "start" }))
  }
}

/** One with more than one gateway shows what the widget is for. */
async function regionOf(api: AdminApi): Promise<string> {
  const { regions } = await api.get<{
    regions: { id: string; payment_providers: { id: string }[] }[]
  }>("/admin/regions?fields=id,*payment_providers")
  const [most] = regions.sort((a, b) => b.payment_providers.length - a.payment_providers.length)
  if (!most) throw new Error("The shop has no region")
  return most.id
}

/** The seeded shop's order that its gateway took money for twice. */
async function orderPaidTwice(api: AdminApi): Promise<{ id: string; order_id: string }> {
  const { gateway_payments } = await api.get<{
    gateway_payments: {
      id: string
      amount: string
      received_amount: string
      order: { id: string } | null
    }[]
  }>("/admin/gateway-payments?limit=100")
  const paid = gateway_payments.find(
    ({ amount, received_amount }) => Number(received_amount) === 2 * Number(amount)
  )
  if (!paid?.order) throw new Error("No order was paid twice: was the shop started with --empty?")
  return { id: paid.id, order_id: paid.order.id }
}

/**
 * Two payees and two transfers of a colleague's, which wait for the owner.
 *
 * @returns the id of a customer who is one of the payees
 */
async function whatWaitsForTheOwner(proof: Proof, api: AdminApi): Promise<string> {
  const account = await api.colleague("Ana", [
    "payout_transfer:read",
    "payout_transfer:create",
    "payout_beneficiary:read",
    "payout_beneficiary:create",
    "payout_beneficiary:update",
  ])
  const ana = await AdminApi.logIn(proof.shop, account)
  const { customer } = await api.post<{ customer: { id: string } }>("/admin/customers", {
    email: `sofia.${Date.now() % 10_000}@example.com`,
    first_name: "Sofia",
    last_name: "Reyes",
  })
  const made = async (payee: object) =>
    (await ana.post<{ beneficiary: { id: string } }>("/admin/payouts/beneficiaries", payee))
      .beneficiary
  const sofia = await made({ ...seller, name: "Sofia Reyes" })
  const ayesha = await made({ ...walletOwner, name: "Ayesha Khan" })
  await ana.post(`/admin/payouts/beneficiaries/${sofia.id}/customer`, { customer_id: customer.id })
  await makeTransfer(ana, sofia, {
    amount: "1985.50",
    currency_code: "php",
    purpose: "Commission, May",
  })
  await makeTransfer(ana, ayesha, {
    amount: "25000",
    currency_code: "pkr",
    purpose: "Commission, May",
  })
  return customer.id
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
