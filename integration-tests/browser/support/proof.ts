import type { Browser, BrowserContext, Page } from "playwright-core"
import { AdminApi } from "./api"
import { dashboardProfile, emptyProfile, logIn, openBrowser, type Visitor } from "./browser"
import { Dashboard } from "./dashboard"
import { startShop } from "./start-shop"
import type { BrowserShop } from "./shop"
import { Storefront } from "./storefront"

const START_WITHIN_MS = 600_000

/** One shop and one browser, which all suites of a spec use; there from `beforeAll` on. */
export class Proof {
  private started: { shop: BrowserShop; stop(): Promise<void> } | undefined
  private opened: Browser | undefined
  /** Of people who use the dashboard in this test, and empty ones. */
  private readonly profiles = { used: [] as BrowserContext[], empty: [] as BrowserContext[] }

  /** @param name of the folder of the shop's logs */
  constructor(private readonly name: string) {}

  async start(): Promise<void> {
    this.opened = await openBrowser()
    this.started = await startShop(this.name)
  }

  async stop(): Promise<void> {
    await this.opened?.close()
    await this.started?.stop()
  }

  /** Closes what a test has opened, whatever became of it. */
  async closePages(): Promise<void> {
    const { used, empty } = this.profiles
    for (const profile of used.splice(0)) {
      await emptyProfile(profile, this.shop)
      empty.push(profile)
    }
    for (const context of this.browser.contexts()) {
      if (!empty.includes(context)) await context.close()
    }
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
    const { used, empty } = this.profiles
    const profile = empty.pop() ?? (await dashboardProfile(this.browser, this.shop))
    used.push(profile)
    return await logIn(profile, this.shop, visitor)
  }

  async storefront(): Promise<Storefront> {
    return await Storefront.open(this.browser, this.shop)
  }

  async api(): Promise<AdminApi> {
    return await AdminApi.logIn(this.shop)
  }
}

/**
 * Describes what is seen in a browser; the suites in it are independent of each other.
 *
 * @param name of the part of the shop that they look at
 */
export function describeInBrowser(name: string, suites: (proof: Proof) => void): void {
  const proof = new Proof(name)
  describe("in a browser:", () => {
    // A busy machine takes its time to start a shop.
    beforeAll(() => proof.start(), START_WITHIN_MS)
    afterEach(() => proof.closePages())
    afterAll(() => proof.stop())
    suites(proof)
  })
}
