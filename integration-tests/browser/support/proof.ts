import type { Browser, Page } from "playwright-core"
import { AdminApi } from "./api"
import { logIn, openBrowser, type Visitor } from "./browser"
import { installChromium } from "./chromium"
import { Dashboard } from "./dashboard"
import { startShop } from "./start-shop"
import type { BrowserShop } from "./shop"
import { Storefront } from "./storefront"

const START_WITHIN_MS = 600_000

/** One shop and one browser, which all suites of a spec use; there from `beforeAll` on. */
export class Proof {
  private started: { shop: BrowserShop; stop(): Promise<void> } | undefined
  private opened: Browser | undefined

  async start(): Promise<void> {
    installChromium()
    this.opened = await openBrowser()
    this.started = await startShop()
  }

  async stop(): Promise<void> {
    await this.opened?.close()
    await this.started?.stop()
  }

  /** Closes what a test has opened, whatever became of it. */
  async closePages(): Promise<void> {
    for (const context of this.browser.contexts()) await context.close()
  }

  get shop(): BrowserShop {
    if (this.started === undefined) throw new Error("The shop is not there before beforeAll")
    return this.started.shop
  }

  get browser(): Browser {
    if (this.opened === undefined) throw new Error("The browser is not there before beforeAll")
    return this.opened
  }

  /** The dashboard, opened by somebody who has logged in: the first admin, unless told otherwise. */
  async dashboard(visitor?: Visitor): Promise<Dashboard> {
    return new Dashboard(await this.page(visitor))
  }

  async page(visitor?: Visitor): Promise<Page> {
    return await logIn(this.browser, this.shop, visitor)
  }

  async storefront(): Promise<Storefront> {
    return await Storefront.open(this.browser, this.shop)
  }

  async api(): Promise<AdminApi> {
    return await AdminApi.logIn(this.shop)
  }
}

/** Describes what is seen in a browser; the suites in it are independent of each other. */
export function describeInBrowser(name: string, suites: (proof: Proof) => void): void {
  const proof = new Proof()
  describe(name, () => {
    // Until everything is built; on a busy machine that takes its time.
    beforeAll(() => proof.start(), START_WITHIN_MS)
    afterEach(() => proof.closePages())
    afterAll(() => proof.stop())
    suites(proof)
  })
}
