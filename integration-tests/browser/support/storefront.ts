import type { Browser, BrowserContext, Page } from "playwright-core"
import { newProfile, VIEWPORTS, type Theme } from "./browser"
import type { BrowserShop } from "./shop"

export type Gateway = "cashy" | "kess" | "mocasa" | "mocopay" | "paymentz"

/** What a shopper does who wants to pay at a gateway. */
type Purchase = {
  /** As the storefront calls it. */
  readonly market: string
  readonly product: string
  /** The way of payment, as the storefront calls it. */
  readonly method: string
  /** What the gateway wants to know beyond the address. */
  readonly payer?: { readonly label: string; readonly value: string }
  /** How the shopper gets to where they pay: by the page's button alone, or by one more in a tab of its own. */
  readonly opens?: RegExp
}

export const PURCHASES: Readonly<Record<Gateway, Purchase>> = {
  mocasa: { market: "Philippines", product: "Inabel hand towel", method: "Mocasa Pay" },
  kess: {
    market: "Cambodia",
    product: "Davao tablea, 12 discs",
    method: "WeChat Pay",
    opens: /sandbox.s wallet/,
  },
  cashy: {
    market: "Pakistan",
    product: "Ube halaya, 340 g",
    method: "Mobile wallet",
    payer: { label: "CNIC number", value: "3310401123456" },
    opens: /payment page/,
  },
  paymentz: { market: "Croatia", product: "Abaca tote", method: "Card" },
  mocopay: { market: "Croatia", product: "Merienda pass, one month", method: "Phone bill" },
}

/** A shopper with a phone, in a browser profile of their own. */
export class Storefront {
  private constructor(
    readonly page: Page,
    private readonly address: string
  ) {}

  static async open(
    browser: Browser,
    { storefront, dashboard }: BrowserShop,
    theme: Theme = "light"
  ): Promise<Storefront> {
    const address = storefront ?? `${new URL(dashboard).origin}/shop`
    const context = await newProfile(browser, { viewport: VIEWPORTS.narrow, colorScheme: theme })
    return new Storefront(await context.newPage(), address)
  }

  get context(): BrowserContext {
    return this.page.context()
  }

  /** Up to the page where the way of payment is chosen. */
  async fillCheckout({ market, product }: Purchase, email: string): Promise<void> {
    const { page } = this
    await page.goto(this.address)
    await page.getByLabel("Country").selectOption({ label: market })
    const card = page.getByRole("listitem").filter({ hasText: product })
    await card.getByRole("button", { name: /^Add/ }).click()
    await page.getByRole("link", { name: "Cart, 1 pieces" }).click()
    await page.getByRole("link", { name: "Checkout" }).click()
    await page.getByRole("button", { name: "Use a made-up address" }).click()
    await page.getByLabel("E-mail").fill(email)
    await page.getByRole("button", { name: "Continue", exact: true }).click()
    const delivery = page.getByRole("button", { name: "Continue to payment" })
    const pay = this.payButton
    await delivery.or(pay).first().waitFor()
    if (await delivery.isVisible()) await delivery.click()
    await pay.waitFor()
  }

  /** Chooses the way of payment, and resolves with the gateway's page. */
  async leaveToPay({ method, payer, opens }: Purchase): Promise<Page> {
    const { page } = this
    await page.getByRole("radio", { name: method }).check()
    if (payer) await page.getByLabel(payer.label).fill(payer.value)
    await this.payButton.click()
    if (!opens) return page
    const link = page.getByRole("link", { name: opens })
    const [opened] = await Promise.all([this.context.waitForEvent("page"), link.click()])
    return opened
  }

  /**
   * Buys one thing and pays for it at the gateway's sandbox.
   *
   * @returns the order's number, as the storefront shows it
   */
  async buy(gateway: Gateway, email: string): Promise<number> {
    const purchase = PURCHASES[gateway]
    await this.fillCheckout(purchase, email)
    const atGateway = await this.leaveToPay(purchase)
    await atGateway.getByRole("button", { name: "Pay", exact: true }).click()
    const back = atGateway.getByRole("button", { name: "Go back to the shop" })
    if (await back.isVisible()) await back.click()
    return await this.orderNumber()
  }

  /** Waits for the page that thanks for the order. */
  async orderNumber(): Promise<number> {
    await this.page.waitForURL(/\/orders\//)
    // The page has another heading while it asks for the order.
    const thanks = this.page.getByRole("heading", { level: 1, name: /#\d/ })
    return Number(/#(\d+)/.exec(await thanks.innerText())?.[1])
  }

  private get payButton() {
    return this.page.getByRole("button", { name: /^Pay \D*\d/ })
  }
}
