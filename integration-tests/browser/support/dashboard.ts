import type { Locator, Page } from "playwright-core"

/**
 * Marks what can be pressed by a name of its own, in the browser. Tabs and radio buttons of a group are one stop of the
 * Tab key, from where the arrows go on.
 */
const markPressable = `() => {
  const pressable = "a[href], button:not([role=tab], [role=radio]), input:not([type=radio]), select, textarea"
  const elements = [...document.querySelectorAll("main :is(" + pressable + ")")]
  const shown = elements.filter((element) => !element.disabled && element.checkVisibility())
  return shown.map((element, index) => {
    const name = element.getAttribute("aria-label") ?? (element.innerText.trim() || element.outerHTML)
    return (element.dataset.stop = index + ": " + name)
  })
}`

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

  /** The names of what can be pressed in the page's main part and is not reached by the Tab key. */
  async unreachable(most = 250): Promise<string[]> {
    const waiting = new Set<string>(await this.page.evaluate(`(${markPressable})()`))
    for (let presses = 0; presses < most && waiting.size > 0; presses++) {
      await this.page.keyboard.press("Tab")
      waiting.delete(await this.page.evaluate("document.activeElement?.dataset.stop ?? ''"))
    }
    return [...waiting]
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

  /** Writes into a field that the Tab key has gone to. */
  async typeInto(field: Locator, text: string): Promise<void> {
    await this.tabTo(field)
    await this.page.keyboard.type(text)
  }

  /** Presses a button that the Tab key has gone to. */
  async pressByKey(button: Locator): Promise<void> {
    await this.tabTo(button)
    await this.page.keyboard.press("Enter")
  }

  /** Chooses one of a group of which none is chosen yet: the Tab key goes to its first one, the arrows on from there. */
  async chooseByKeys(group: Locator, name: string | RegExp): Promise<void> {
    const radios = group.getByRole("radio")
    const wanted = group.getByRole("radio", { name })
    await wanted.waitFor()
    await this.tabTo(radios.first())
    for (let nth = 0; !(await wanted.evaluate((radio) => radio.matches(":focus"))); nth++) {
      await this.page.keyboard.press("ArrowDown")
      // The kit moves the focus a moment later.
      await radios
        .nth(nth + 1)
        .and(this.page.locator(":focus"))
        .waitFor()
    }
    await this.page.keyboard.press("Space")
    await wanted.and(this.page.getByRole("radio", { checked: true })).waitFor()
  }
}
