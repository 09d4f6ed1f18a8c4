import type { Measured } from "./measure"
import { summarize, summarizeRatios, type Summary } from "./statistics"

/** One subject beside the others. Times in microseconds per operation. */
export type ComparedSubject = {
  name: string
  perSecond: number
  time: Summary
  cpu: Summary
  /** By the name of who it is compared with: how many times their time, and their processor time. */
  ratios: Record<string, { time: Summary; cpu: Summary }>
}

export type Comparison = {
  title: string
  /** What a reader must know to evaluate the numbers. */
  note: string
  comparedWith: readonly string[]
  subjects: ComparedSubject[]
}

/** @throws Error where nobody who was measured has a name of `comparedWith` */
export function compare(
  title: string,
  note: string,
  measured: readonly Measured[],
  comparedWith: readonly string[]
): Comparison {
  const others = comparedWith.map((name) => {
    const other = measured.find((one) => one.name === name)
    if (other === undefined) {
      throw new Error(`"${title}" is to be compared with "${name}", which was not measured`)
    }
    return other
  })
  const subjects = measured.map((one) => {
    const time = summarize(times(one))
    return {
      name: one.name,
      perSecond: 1_000_000 / time.median,
      time,
      cpu: summarize(cpus(one)),
      ratios: Object.fromEntries(
        others.map((other) => [
          other.name,
          {
            time: summarizeRatios(times(one), times(other)),
            cpu: summarizeRatios(cpus(one), cpus(other)),
          },
        ])
      ),
    }
  })
  return { title, note, comparedWith, subjects }
}

function times(measured: Measured): number[] {
  return measured.rounds.map((cost) => cost.time)
}

function cpus(measured: Measured): number[] {
  return measured.rounds.map((cost) => cost.cpu)
}
