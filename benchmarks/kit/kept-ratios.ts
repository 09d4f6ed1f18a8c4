import { z } from "zod"
import type { Comparison } from "./comparison"

/** By what was measured, who, and who they are compared with: how many times as much processor time. */
export const keptRatios = z.record(
  z.string(),
  z.record(z.string(), z.record(z.string(), z.number()))
)

export type KeptRatios = z.infer<typeof keptRatios>

/**
 * How much more than what is kept is noise, or another machine's: what is seen is what became twice as slow. The second is
 * added, for what takes next to nothing.
 */
const margin = 2
const slack = 0.02

/** The most that is not worse than what is kept. */
export function ceilingOf(kept: number): number {
  return kept * margin + slack
}

/** The ratios of the least rounds, to be kept; those of the others among each other say nothing of ours. */
export function ratiosOf(comparisons: readonly Comparison[]): KeptRatios {
  return Object.fromEntries(
    comparisons.map(({ title, subjects, comparedWith }) => [
      title,
      Object.fromEntries(
        subjects
          .filter(({ name }) => !comparedWith.includes(name) && !isBare(name))
          .map(({ name, ratios }) => [
            name,
            Object.fromEntries(
              Object.entries(ratios)
                .filter(([other]) => !isBare(other))
                .map(([other, { leastCpu }]) => [other, rounded(leastCpu)])
            ),
          ])
      ),
    ])
  )
}

/** A client by itself, which does less than ours and than theirs: it is shown and not held to. */
function isBare(name: string): boolean {
  return name.startsWith("bare ")
}

/** A sentence for each ratio that became worse than noise explains, and for each that is kept and was not measured. */
export function regressions(measured: KeptRatios, kept: KeptRatios): string[] {
  return Object.entries(kept).flatMap(([title, subjects]) =>
    Object.entries(subjects).flatMap(([name, others]) =>
      Object.entries(others).flatMap(([other, before]) => {
        const now = measured[title]?.[name]?.[other]
        const what = `${title}: "${name}" beside "${other}"`
        if (now === undefined) {
          return [`${what} is kept and was not measured`]
        }
        return now > ceilingOf(before)
          ? [`${what} takes ${now} times as much, ${before} is kept`]
          : []
      })
    )
  )
}

/** Of two measurements the lesser ratio each: what disturbs one of them makes it greater, and seldom both. */
export function lesser(one: KeptRatios, other: KeptRatios): KeptRatios {
  return Object.fromEntries(
    Object.entries(one).map(([title, subjects]) => [
      title,
      Object.fromEntries(
        Object.entries(subjects).map(([name, others]) => [
          name,
          Object.fromEntries(
            Object.entries(others).map(([beside, ratio]) => [
              beside,
              Math.min(ratio, other[title]?.[name]?.[beside] ?? ratio),
            ])
          ),
        ])
      ),
    ])
  )
}

function rounded(ratio: number): number {
  return Number(ratio.toPrecision(3))
}
