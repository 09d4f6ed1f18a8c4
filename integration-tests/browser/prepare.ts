import { installChromium } from "./support/chromium"
import { buildShop } from "./support/start-shop"

/**
 * What the specs of a run share, made before any of them: the browser, which two can't install at the same time, and what their
 * shops start from: two that build it would write into one folder. The storefront's parts alone (`parts.spec.ts`) need no shop.
 */
export default async function prepare({ testPathPattern }: { testPathPattern: string }) {
  installChromium()
  if (!testPathPattern.includes("parts")) await buildShop()
}
