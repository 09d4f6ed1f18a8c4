/**
 * npx tsx integration-tests/browser/look.ts /orders /settings/payment-gateways [--language hr]
 *
 * Opens pages of the shop that `serve.mjs` runs, and writes pictures of each to `.cache/browser`: 1280 and 390 pixels
 * wide, light and dark. Says what the console complained of, and whether the page scrolls sideways.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { dashboardProfile, logIn, openBrowser } from "./support/browser"
import { PICTURES, sidewaysScroll, takePictures } from "./support/look"
import type { BrowserShop } from "./support/shop"

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { language: { type: "string", default: "en" } },
  })
  const shop: BrowserShop = JSON.parse(readFileSync(join(PICTURES, "shop.json"), "utf8"))
  const browser = await openBrowser()
  try {
    const profile = await dashboardProfile(browser, shop)
    const page = await logIn(profile, shop, { language: values.language })
    page.on("pageerror", (error) => console.error(`  error: ${error.message}`))
    page.on("console", (message) => {
      if (message.type() === "error") console.error(`  console: ${message.text()}`)
    })
    for (const path of positionals) {
      const name = `${path.replaceAll(/\W+/g, "-").replace(/^-/, "") || "home"}-${values.language}`
      await page.goto(`/app${path}`)
      await page.waitForLoadState("networkidle")
      await takePictures(page, name)
      await page.setViewportSize({ width: 390, height: 844 })
      const sideways = await sidewaysScroll(page)
      console.log(
        `${path}: ${join(PICTURES, name)}-*.png${sideways > 0 ? `, ${sideways} px too wide` : ""}`
      )
    }
  } finally {
    await browser.close()
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
