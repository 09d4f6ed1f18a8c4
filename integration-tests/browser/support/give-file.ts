import type { Locator } from "playwright-core"
import type { Dashboard } from "./dashboard"

/** Drops a file, as a person does with the mouse. */
export async function drop(zone: Locator, name: string, text: string): Promise<void> {
  const [content, named] = [text, name].map((one) => JSON.stringify(one))
  const dataTransfer = await zone.page().evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([${content}], ${named}, { type: "text/csv" }))
    return transfer
  })()`)
  await zone.dispatchEvent("drop", { dataTransfer })
}

/**
 * Chooses a file with the keyboard alone. The browser is told to hand over its chooser before the way there, not just
 * before the key: keys overtake that word, and a chooser that nobody asked for is closed at once.
 */
export async function choose(
  dashboard: Dashboard,
  zone: Locator,
  name: string,
  text: string
): Promise<void> {
  const { page } = dashboard
  const chooser = page.waitForEvent("filechooser")
  await dashboard.tabTo(zone)
  await page.keyboard.press("Enter")
  await (await chooser).setFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) })
}
