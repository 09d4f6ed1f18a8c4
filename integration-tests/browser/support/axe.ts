import { source } from "axe-core"
import type { AxeResults, ImpactValue } from "axe-core"
import type { Locator } from "playwright-core"

/** What makes a page unusable or hard to use for somebody; "moderate" and "minor" are left to a reader's judgement. */
const GRAVE: readonly ImpactValue[] = ["serious", "critical"]

/** In the browser: what fades or slides in has arrived. What turns for ever is not waited for. */
const atRest = `Promise.allSettled(
  document.getAnimations()
    .filter(({ playState, effect }) => playState === "running" && effect.getComputedTiming().endTime < Infinity)
    .map((animation) => animation.finished)
).then(() => undefined)`

/**
 * The serious and critical faults that axe-core finds in a part of a page, a line for each element. Not the whole page:
 * Medusa 2.21's own sidebar and lists have buttons without a name. Half faded in, a text would have too little contrast.
 */
export async function graveFaults(part: Locator): Promise<string[]> {
  const page = part.page()
  await page.evaluate(source)
  await page.evaluate(atRest)
  const results = await part.evaluate((element): Promise<AxeResults> => {
    const axe: { run(element: unknown, options: object): Promise<AxeResults> } = Reflect.get(
      globalThis,
      "axe"
    )
    return axe.run(element, { resultTypes: ["violations"] })
  })
  return results.violations
    .filter(({ impact }) => GRAVE.includes(impact ?? null))
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${html}`)
    )
}
