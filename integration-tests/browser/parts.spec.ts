import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { PartsShop, REFERENCE } from "./parts/shop"
import { graveFaults } from "./support/axe"
import { newProfile, openBrowser, VIEWPORTS } from "./support/browser"
import { look, sidewaysScroll } from "./support/look"

// On two busy cores a page can be late once. What fails is told, and tried once more from its beginning.
jest.retryTimes(1, { logErrorsBeforeRetry: true })

/** The storefront's React parts alone, rendered on a server and taken over in a browser; no Medusa is needed. */
describe("the storefront's parts in a browser:", () => {
  let browser: Browser
  let shop: PartsShop

  beforeAll(async () => {
    browser = await openBrowser()
    shop = await PartsShop.open()
  })

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    shop.reset()
  })

  afterAll(async () => {
    await browser.close()
    await shop.close()
  })

  /** What the browser complained about, on all pages of the shopper's. */
  const complaints: string[] = []

  async function shopper(options: BrowserContextOptions = {}, hasCart = true): Promise<Page> {
    complaints.length = 0
    const context = await newProfile(browser, { viewport: VIEWPORTS.narrow, ...options })
    if (hasCart) await context.addCookies([{ name: "cart", value: "cart_1", url: shop.url }])
    context.on(
      "console",
      (message) => message.type() === "error" && complaints.push(message.text())
    )
    context.on("weberror", (error) => complaints.push(String(error.error())))
    return await context.newPage()
  }

  const open = (page: Page, query = "") => page.goto(`${shop.url}/payment${query}`)
  const title = (page: Page) => page.getByRole("heading", { level: 1 })
  const payLink = (page: Page) => page.getByRole("link", { name: "Go to the payment page" })
  const qr = { type: "qr_code", value: "weixin://wxpay/1", expires_at: "2030-01-02T03:04:05.000Z" }

  describe("a page that a server has written", () => {
    it("can be paid from before any script has run", async () => {
      const page = await shopper({ javaScriptEnabled: false })
      await open(page)
      await payLink(page).waitFor()
      expect(await payLink(page).getAttribute("href")).toBe(`${shop.url}/gateway`)
      shop.action = { type: "post_form", url: `${shop.url}/gateway`, fields: { submit: "1" } }
      await open(page)
      const [gateway] = await Promise.all([
        page.context().waitForEvent("page"),
        page.getByRole("button", { name: "Go to the payment page" }).click(),
      ])
      await gateway.getByRole("heading", { name: "Thank you" }).waitFor()
      expect(shop.state).toBe("paid")
    })

    it.each([qr, { type: "pay_code", code: "1234 5678", expires_at: qr.expires_at }, undefined])(
      "is taken over without a change: %j",
      async (action) => {
        shop.action = action ?? shop.action
        const page = await shopper({ timezoneId: "Asia/Karachi", locale: "ur-PK" })
        await open(page)
        if (action) {
          await page.locator("time:visible").waitFor()
          expect(await page.locator("time").innerText()).toContain("8:04")
        }
        await page.waitForRequest(/refresh/)
        expect(complaints).toEqual([])
      }
    )
  })

  it.each(["en", "hr", "km", "ur", "fil"])(
    "fits on a phone and has no grave fault in %s",
    async (lang) => {
      shop.action = qr
      const page = await shopper()
      await open(page, `?lang=${lang}`)
      const part = page.locator(".payment-result")
      await page.getByRole("img").waitFor()
      const direction = await part.evaluate((element) =>
        String(Reflect.get(globalThis, "getComputedStyle")(element).direction)
      )
      expect(direction).toBe(lang === "ur" ? "rtl" : "ltr")
      expect(await sidewaysScroll(page)).toBe(0)
      expect(await graveFaults(page.locator("body"))).toEqual([])
      await look(page, `parts-qr-${lang}`)
      shop.state = "expired"
      await page.locator('[data-payment="ended"]').waitFor()
      expect(await graveFaults(page.locator("body"))).toEqual([])
    }
  )

  it("tells a screen reader what has changed, and leaves what is focused where it is", async () => {
    const page = await shopper()
    await open(page)
    const status = page.getByRole("status")
    expect(await status.innerText()).toContain("Waiting for your payment")
    const before = await status.elementHandle()
    shop.state = "failed"
    await title(page).getByText("The payment did not go through").waitFor()
    expect(await status.innerText()).toContain("nothing was ordered")
    expect(await before?.evaluate((element) => Reflect.get(element, "isConnected"))).toBe(true)
    await page.keyboard.press("Tab")
    expect(await page.locator(":focus").innerText()).toContain("Go to the payment page")
    await page.keyboard.press("Tab")
    expect(await page.locator(":focus").innerText()).toBe("Choose another way to pay")
  })

  it("says what to do where the browser does not let a page copy", async () => {
    shop.action = { type: "pay_code", code: "1234 5678" }
    const page = await shopper()
    await page.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    await open(page)
    await page.getByRole("button", { name: "Copy the code" }).click()
    await page.getByText("The code is selected. Copy it by hand.").waitFor()
    expect(await page.evaluate("String(getSelection())")).toBe("1234 5678")
  })

  describe("a shopper finds back", () => {
    it("from the gateway's own tab", async () => {
      const page = await shopper()
      await open(page)
      const [gateway] = await Promise.all([
        page.context().waitForEvent("page"),
        payLink(page).click(),
      ])
      await gateway.getByRole("button", { name: "Pay" }).click()
      await page.waitForURL(/\/orders\/order_1/)
      expect(shop.orders).toBe(1)
    })

    it("when the phone has killed the tab while they paid", async () => {
      const page = await shopper()
      await open(page)
      await payLink(page).waitFor()
      await page.close()
      shop.state = "paid"
      const again = await browser.contexts()[0]!.newPage()
      await open(again)
      await again.waitForURL(/\/orders\/order_1/)
      expect(shop.orders).toBe(1)
    })

    it.each([
      [
        "Facebook",
        "Mozilla/5.0 (Linux; Android 14; SM-A155F; wv) AppleWebKit/537.36 Chrome/126 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/470.0.0.40.84;]",
      ],
      [
        "Grab",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Grab/5.310.0 Mobile/15E148",
      ],
      [
        "WeChat",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49",
      ],
    ])(
      "in the browser inside %s, where the gateway's page takes the place of the shop's",
      async (_app, userAgent) => {
        const page = await shopper({ userAgent })
        await open(page)
        await page.waitForRequest(/refresh/)
        await payLink(page).click()
        await page.getByRole("button", { name: "Pay" }).click()
        await page.getByRole("heading", { name: "Thank you" }).waitFor()
        expect(page.context().pages()).toHaveLength(1)
        await page.goBack()
        if (page.url().endsWith("/gateway")) await page.goBack()
        await page.waitForURL(/\/orders\/order_1/)
      }
    )

    it("on another device, which has no cart: it says that it is paid, and the page with the cart goes on", async () => {
      const first = await shopper()
      await open(first)
      await payLink(first).waitFor()
      const other = await shopper({}, false)
      shop.state = "paid"
      await open(other, `?payment_status=pending&payment_reference=${REFERENCE}`)
      await title(other).getByText("Your payment has arrived").waitFor()
      expect(await other.getByRole("status").innerText()).toContain("Your order comes by e-mail")
      await first.waitForURL(/\/orders\/order_1/)
      expect(shop.orders).toBe(1)
    })

    it("and is not told that something is paid because the address says so", async () => {
      const page = await shopper({}, false)
      await open(page, `?payment_status=paid&payment_reference=${REFERENCE}`)
      await page.waitForResponse(/refresh/)
      expect(await title(page).innerText()).toBe("Checking your payment")
    })
  })
})
