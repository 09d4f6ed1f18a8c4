import { chromium } from "playwright-core"

/** What the plugin puts into the dashboard: its pages in the menu, and its part of an order's page. */
const MENU = ["Payments that need you", "Gateway payments", "Payouts"]

/**
 * Logs in to the dashboard in Chromium and looks for the plugin's pages and its widget.
 *
 * @param {object} options
 * @param {string} options.url
 * @param {{ email: string, password: string }} options.owner
 * @param {string} options.orderId paid through a gateway
 * @param {(line: string) => void} options.print
 */
export async function findPages({ url, owner, orderId, print }) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  })
  try {
    const page = await browser.newPage()
    await page.goto(`${url}/app/login`)
    await page.getByPlaceholder("Email").fill(owner.email)
    await page.getByPlaceholder("Password").fill(owner.password)
    await page.getByRole("button", { name: /continue/i }).click()
    await page.waitForURL(/\/app\/(?!login)/, { timeout: 60_000 })
    for (const name of MENU) {
      await page.getByRole("link", { name }).first().waitFor({ timeout: 60_000 })
    }
    print("  shows its pages in the menu")
    await page.goto(`${url}/app/orders/${orderId}`)
    await page.getByText("Mocasa Pay").first().waitFor({ timeout: 60_000 })
    print("  shows its widget on the order")
  } finally {
    await browser.close()
  }
}
