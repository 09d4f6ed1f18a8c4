import type { Measured } from "./measure"
import { least, summarize, summarizeRatios, type Summary } from "./statistics"

/** One subject beside the others. Times in microseconds per operation. */
export type ComparedSubject = {
  name: string
  perSecond: number
  time: Summary
  cpu: Summary
  /** The processor time of its least round, as when nothing else disturbs it. */
  leastCpu: number
  /** By the name of who it is compared with: how many times their time, and their processor time. */
  ratios: Record<string, Ratio>
}

export type Ratio = {
  /** Taken within each round: what is told is the middle of the rounds. */
  time: Summary
  cpu: Summary
  /** The processor time of its least round and of theirs, whichever rounds these are. */
  leastCpu: number
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
      leastCpu: least(cpus(one)),
      ratios: Object.fromEntries(
        others.map((other) => [
          other.name,
          {
            time: summarizeRatios(times(one), times(other)),
            cpu: summarizeRatios(cpus(one), cpus(other)),
            leastCpu: least(cpus(one)) / least(cpus(other)),
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
