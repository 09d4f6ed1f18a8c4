import { buildShop } from "./support/start-shop"

/**
 * Builds what the shops of a run start from, before any of them: two that build at the same time would write into one
 * folder. The storefront's parts alone (`parts.spec.ts`) need none.
 */
export default async function buildOnce({ testPathPattern }: { testPathPattern: string }) {
  if (!testPathPattern.includes("parts")) await buildShop()
}
