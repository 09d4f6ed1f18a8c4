import type { Locator } from "playwright-core"
import type { Dashboard } from "./dashboard"
import type { Sandbox } from "./sandbox"
import type { Gateway } from "./storefront"

/** What the page of an order says of each gateway before anything is sent, and how much it then refunds. */
const SAID: Readonly<
  Record<Gateway, { sentence: RegExp; refunds: "none" | "whole" | "parts" | "once" }>
> = {
  mocasa: {
    sentence: /^Mocasa Pay refunds PHP\s[\d,.]+ as a whole; not a part\.$/,
    refunds: "whole",
  },
  mocopay: {
    sentence: /^MoCoPay has no refunds\. Pay the shopper back another way/,
    refunds: "none",
  },
  kess: { sentence: /^KESS Pay refunds any amount up to USD\s[\d,.]+\.$/, refunds: "parts" },
  cashy: { sentence: /^Cashy has no refunds\. Pay the shopper back another way/, refunds: "none" },
  paymentz: {
    sentence: /^Paymentz refunds any amount up to EUR\s[\d,.]+, but one time only\.$/,
    refunds: "once",
  },
}

/** The part of an order's page that the gateways' payments have. */
export function gatewayPayments(dashboard: Dashboard): Locator {
  return dashboard.main.getByRole("region", { name: "Gateway payments" })
}

/**
 * Reads what is possible with the payment of an order that is open in the dashboard, and refunds it: in part where that
 * can be, then the rest where that can be, or as a whole; or reads why nothing can be.
 */
export async function refundAsPossible(
  dashboard: Dashboard,
  gateway: Gateway,
  sandbox: Sandbox
): Promise<void> {
  const payments = gatewayPayments(dashboard)
  const { sentence, refunds } = SAID[gateway]
  await payments.getByText(sentence).waitFor()
  const before = await sandbox.moves("refund")
  if (refunds === "none") {
    expect(await refundButton(payments).count()).toBe(0)
    return
  }
  if (refunds === "whole") {
    await refundButton(payments).click()
    expect(await amountField(dashboard).getAttribute("readonly")).not.toBeNull()
    await confirmRefund(dashboard)
  } else {
    await refundButton(payments).click()
    await amountField(dashboard).fill("999999")
    await dashboard.dialog.getByText(/^That is too much: at most/).waitFor()
    expect(await submit(dashboard).isEnabled()).toBe(false)
    await amountField(dashboard).fill("1")
    await confirmRefund(dashboard)
  }
  await payments.getByText(/^Refund of .*: made$/).waitFor()
  expect(await sandbox.moves("refund")).toBe(before + 1)
  if (refunds === "parts") {
    await payments.getByText(sentence).waitFor()
    await refundButton(payments).click()
    await confirmRefund(dashboard)
    await payments.getByText("All that was paid was given back.").waitFor()
    expect(await sandbox.moves("refund")).toBe(before + 2)
  }
  if (refunds === "once") {
    await payments.getByText(/refunds a payment only once, and did/).waitFor()
  }
  expect(await refundButton(payments).count()).toBe(0)
}

function refundButton(payments: Locator): Locator {
  return payments.getByRole("button", { name: "Refund", exact: true })
}

function amountField({ dialog }: Dashboard): Locator {
  return dialog.getByLabel(/^Amount in/)
}

function submit({ dialog }: Dashboard): Locator {
  return dialog.getByRole("button", { name: /^Refund/ })
}

/** The drawer, then the question that is asked once, then the drawer is gone. */
async function confirmRefund(dashboard: Dashboard): Promise<void> {
  await submit(dashboard).click()
  await dashboard.question.getByRole("button", { name: /^Refund/ }).click()
  await dashboard.toast.filter({ hasText: "was refunded" }).first().waitFor()
  await dashboard.dialog.waitFor({ state: "detached" })
}
