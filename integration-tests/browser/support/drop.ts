import type { Locator } from "playwright-core"

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
