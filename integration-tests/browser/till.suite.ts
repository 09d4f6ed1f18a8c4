import type { Page } from "playwright-core"
import { graveFaults } from "./support/axe"
import { dashboardProfile, logIn, openBrowser } from "./support/browser"
import { videoOfQr } from "./support/camera"
import { Dashboard } from "./support/dashboard"
import { look, sidewaysScroll } from "./support/look"
import type { Proof } from "./support/proof"
import { Sandbox } from "./support/sandbox"

/** A seller with a phone, whose role allows the till and nothing else of gateways. */
export function till(proof: Proof): void {
  describe("the till", () => {
    let codes = 0

    it("takes an amount and a code, and shows a receipt", async () => {
      const sandbox = new Sandbox(proof.shop, "kess")
      const before = await sandbox.moves("payment")
      const dashboard = await seller()
      const { main, page } = dashboard
      await openSale(dashboard, ["1", "2", "5", "0"])
      expect(await graveFaults(main)).toEqual([])
      await look(page, "till-scan")

      await scan(page)
      await main.getByRole("heading", { name: "Paid" }).waitFor()
      const receipt = main.getByRole("region", { name: "Receipt" })
      await receipt.getByText("USD 12.50").waitFor()
      expect(await graveFaults(main)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      await look(page, "till-receipt")
      expect(await sandbox.moves("payment")).toBe(before + 1)

      const number = Number(/#(\d+)/.exec(await receipt.innerText())?.[1])
      const { payment_status } = await (await proof.api()).order(number)
      expect(payment_status).toBe("captured")

      await main.getByRole("button", { name: "Next sale" }).click()
      await main.getByRole("button", { name: "Type the amount" }).waitFor()
    })

    it("finds a sale again after a reload while the shopper types a password", async () => {
      const sandbox = new Sandbox(proof.shop, "kess")
      // So long the shopper needs for the password.
      await sandbox.post("/_sandbox/faults", { kind: "latency", path: "/quick-pay", ms: 12_000 })
      const before = await sandbox.moves("payment")
      const dashboard = await seller()
      const { main, page } = dashboard
      await openSale(dashboard, ["5", "00"])
      await scan(page)
      await main.getByRole("heading", { name: "Waiting for the shopper" }).waitFor()
      await page.reload()
      await main.getByRole("heading", { name: "Waiting for the shopper" }).waitFor()
      expect(await main.getByRole("button", { name: /camera/ }).count()).toBe(0)
      await look(page, "till-waiting")
      await main.getByRole("heading", { name: "Paid" }).waitFor()
      expect(await sandbox.moves("payment")).toBe(before + 1)
    })

    it("reads a code by the camera, and types it where the camera may not be used", async () => {
      const account = await (await proof.api()).colleague("seller", ["gateway_payment:till"])
      const browser = await openBrowser(videoOfQr(newCode()))
      try {
        const profile = await dashboardProfile(browser, proof.shop)
        const page = await logIn(profile, proof.shop, { account, viewport: "narrow" })
        const dashboard = new Dashboard(page)
        await openSale(dashboard, ["9", "9"])
        await dashboard.main.getByRole("button", { name: "Scan with the camera" }).click()
        await dashboard.main.getByRole("heading", { name: "Paid" }).waitFor()

        // As a browser does where the seller has refused.
        await page.addInitScript(
          "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
        )
        await openSale(dashboard, ["9", "8"])
        await dashboard.main.getByRole("button", { name: "Scan with the camera" }).click()
        await dashboard.main.getByText(/The camera may not be used/).waitFor()
        await look(page, "till-camera-refused")
        await dashboard.main.getByLabel("Or type the code").fill(newCode())
        await dashboard.main.getByRole("button", { name: "Charge", exact: true }).click()
        await dashboard.main.getByRole("heading", { name: "Paid" }).waitFor()
      } finally {
        await browser.close()
      }
    })

    it("says no more than that to a role without it", async () => {
      const account = await (await proof.api()).colleague("reader", ["gateway_payment:read"])
      const dashboard = await proof.dashboard({ account })
      await dashboard.open("/till")
      await dashboard.main.getByText(/Your role does not allow/).waitFor()
      expect(await dashboard.main.getByRole("button").count()).toBe(0)
    })

    async function seller(): Promise<Dashboard> {
      const account = await (await proof.api()).colleague("seller", ["gateway_payment:till"])
      return await proof.dashboard({ account, viewport: "narrow" })
    }

    async function openSale(dashboard: Dashboard, keys: string[]): Promise<void> {
      const { main } = dashboard
      await dashboard.open("/till")
      for (const key of keys) await main.getByRole("button", { name: key, exact: true }).click()
      await main.getByRole("button", { name: /^Charge USD/ }).click()
      await main.getByRole("heading", { name: "Scan the shopper's code" }).waitFor()
    }

    /** A new one for each sale, as a wallet shows another every minute. */
    function newCode(): string {
      codes += 1
      return `1345${String(Date.now()).slice(-12)}${String(codes).padStart(2, "0")}`
    }

    /** As a keyboard scanner does, wherever the focus is: faster than its keys could be sent one by one from here. */
    async function scan(page: Page): Promise<void> {
      const keys = JSON.stringify([...newCode(), "Enter"])
      await page.evaluate(
        `${keys}.forEach((key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })))`
      )
    }
  })
}
