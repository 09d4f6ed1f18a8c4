import type { Locator, Page } from "playwright-core"

/** The dashboard as somebody uses it who has logged in; a page of the plugin may extend it. */
export class Dashboard {
  constructor(readonly page: Page) {}

  /** @param path below /app, such as "/orders" */
  async open(path: string): Promise<void> {
    await this.page.goto(`/app${path}`)
    await this.settled()
  }

  /** Nothing is loading any more: neither the network nor a skeleton on the page. */
  async settled(): Promise<void> {
    await this.page.waitForLoadState("networkidle")
    await this.page.locator("main .animate-pulse").first().waitFor({ state: "detached" })
  }

  get main(): Locator {
    return this.page.getByRole("main")
  }

  /** A drawer or a focus modal. */
  get dialog(): Locator {
    return this.page.getByRole("dialog")
  }

  /** The question that is asked once before money moves. */
  get question(): Locator {
    return this.page.getByRole("alertdialog")
  }

  /** What was told at the edge of the page. */
  get toast(): Locator {
    return this.page.locator("[data-sonner-toast]")
  }

  /** A container of the page by its heading. */
  section(heading: string | RegExp): Locator {
    return this.main.locator("div.divide-y, section").filter({
      has: this.page.getByRole("heading", { name: heading }),
    })
  }

  /**
   * Goes there with the Tab key alone.
   *
   * @returns how often it was pressed
   */
  async tabTo(target: Locator, most = 120): Promise<number> {
    for (let presses = 1; presses <= most; presses++) {
      await this.page.keyboard.press("Tab")
      if (await target.evaluate((element) => element.matches(":focus"))) return presses
    }
    throw new Error(`The keyboard does not reach ${target}`)
  }
}
