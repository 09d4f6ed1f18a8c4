import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { VIEWPORTS, type Theme } from "./browser"

/** Git ignores it. */
export const PICTURES = join(__dirname, "../../../.cache/browser")

const THEMES: readonly Theme[] = ["light", "dark"]

/** Nothing is held against the pictures of a suite: four for each look, with a second of waiting. */
const isLookedAt = process.env.BROWSER_PICTURES === "true"

/** What a suite shows to somebody who runs it with BROWSER_PICTURES=true; nothing without it. */
export async function look(page: Page, name: string): Promise<void> {
  if (isLookedAt) await takePictures(page, name)
}

/**
 * Writes what the page shows to `.cache/browser/<name>-<width>-<theme>.png`, at 1280 and 390 pixels, light and dark,
 * and leaves the page as it was. What is open (a drawer, a menu) stays open.
 */
export async function takePictures(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true })
  const before = page.viewportSize()
  const theme = await currentTheme(page)
  for (const viewport of Object.values(VIEWPORTS)) {
    await page.setViewportSize(viewport)
    for (const theme of THEMES) {
      await setTheme(page, theme)
      await page.waitForTimeout(250)
      await page.screenshot({ path: join(PICTURES, `${name}-${viewport.width}-${theme}.png`) })
    }
  }
  await setTheme(page, theme)
  if (before) await page.setViewportSize(before)
}

/** By how many CSS pixels the page is wider than the window; 0 where it can't be scrolled sideways. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return await page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
  )
}

/** Texts of a part of the page that the window's right edge cuts off, and that nothing scrolls into it. */
export async function cutOff(page: Page, part = "main"): Promise<string[]> {
  return await page.evaluate(`(${findCutOff})(document.querySelector("${part}"))`)
}

/**
 * In the browser. A table, or what the keyboard reaches, may be scrolled in itself, and some texts are meant to end in dots,
 * or for screen readers alone; all else has to fit: what scrolls a page down does not count, though it scrolls sideways, too.
 */
const findCutOff = `(part) => {
  const parentsOf = (element) => (element === part ? [] : [element, ...parentsOf(element.parentElement)])
  const range = document.createRange()
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
  const found = []
  while (texts.nextNode()) {
    const { textContent, parentElement } = texts.currentNode
    const table = parentElement.closest("table")
    const isMeant = (element) => {
      const { overflowX, textOverflow } = getComputedStyle(element)
      const isOfItsOwn = element.tabIndex === 0 || (table !== null && element.contains(table))
      const scrolls = /auto|scroll/.test(overflowX) && isOfItsOwn
      return scrolls || textOverflow === "ellipsis" || element.matches(".sr-only")
    }
    range.selectNodeContents(texts.currentNode)
    const isBeyond = range.getBoundingClientRect().right > innerWidth
    if (isBeyond && !parentsOf(parentElement).some(isMeant)) found.push(textContent)
  }
  return found
}`

async function currentTheme(page: Page): Promise<Theme> {
  const isDark: boolean = await page.evaluate("document.documentElement.classList.contains('dark')")
  return isDark ? "dark" : "light"
}

/** As the dashboard's own switch does. */
async function setTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await page.evaluate((theme) => {
    const html: {
      classList: { remove(...names: string[]): void; add(name: string): void }
      style: { colorScheme: string }
    } = Reflect.get(globalThis, "document").documentElement
    html.classList.remove("light", "dark")
    html.classList.add(theme)
    html.style.colorScheme = theme
  }, theme)
}
