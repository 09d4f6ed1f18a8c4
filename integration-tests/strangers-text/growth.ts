import type { StrangersReader } from "./readers"

/** What is measured often enough was least disturbed by garbage that is collected, and by other programs, once. */
const rounds = 8
const attempts = 3
/** What is over sooner is measured over several calls, in milliseconds. */
const measurable = 0.2
/** More than this is no growth with the text's length: as far from 2 as from 4. */
export const mostGrowth = 2 ** 1.5

/**
 * The units of which a text is made where the time of reading it grows faster than its length, and how fast it does.
 *
 * @param of the units to look at
 */
export function fastGrowing(
  { most, read }: StrangersReader,
  of: readonly string[]
): { unit: string; growth: number }[] {
  const size = Math.min(most, 32 * 1024)
  const tried = (text: string) => {
    try {
      read(text)
    } catch {
      // A refusal is an answer, too.
    }
  }
  return of
    .map((unit) => ({ unit, growth: growthOf(tried, unit, size) }))
    .filter(({ growth }) => growth > mostGrowth)
}

/**
 * How many times as long reading takes where the text is twice as long: some 2 where the time grows with the text,
 * some 4 where it grows with its square. It holds no absolute time, and the processor's time is what counts, so that
 * it is the same on every machine, however busy.
 *
 * It is told by a text that is 8 times as long. Where that is too much, each of the three doublings is looked at by the
 * least of several times, and the lesser one of the middle and the last counts as well: a square shows in all of them. A
 * step does not, as where a text gets too long for memory that is at hand and the system is asked for new pages each
 * time (five times as long for a character beyond 8,000 of them, and no more after that).
 *
 * @param size of the longest text, in characters
 */
export function growthOf(read: (text: string) => unknown, unit: string, size: number): number {
  let least = Infinity
  for (let attempt = 0; attempt < attempts && least > mostGrowth; attempt += 1) {
    const long = unit.repeat(Math.ceil(size / unit.length)).slice(0, size)
    const texts = [8, 4, 2, 1].map((part) => long.slice(0, Math.floor(size / part)))
    least = Math.min(least, growthOver(read, texts))
  }
  return least
}

/** @param texts each twice as long as the one before */
function growthOver(read: (text: string) => unknown, texts: readonly string[]): number {
  const [short = "", long = ""] = [texts[0], texts.at(-1)]
  const calls = callsFor(read, short)
  const doublings = texts.length - 1
  let least = Infinity
  for (let round = 0; round < rounds && least > mostGrowth; round += 1) {
    const growth = time(read, long, calls) / leastTime(read, short, calls)
    least = Math.min(least, growth ** (1 / doublings))
  }
  if (least <= mostGrowth) {
    return least
  }
  const times = texts.map((text) => leastTime(read, text, calls, rounds))
  const growths = times.slice(1).map((value, index) => value / times[index]!)
  const middle = [...growths].sort((one, other) => one - other)[Math.floor(doublings / 2)]!
  return Math.min(least, middle, growths.at(-1)!)
}

/** So many calls that they can be measured; the first ones are also what warms the compiler up. */
function callsFor(read: (text: string) => unknown, text: string): number {
  let calls = 1
  while (calls < 4_096 && time(read, text, calls) < measurable) {
    calls *= 2
  }
  return calls
}

/** One that was disturbed would make all that is longer look fast. */
function leastTime(read: (text: string) => unknown, text: string, calls: number, times = 3) {
  return Math.min(...Array.from({ length: times }, () => time(read, text, calls)))
}

/** In milliseconds of the processor's time. */
function time(read: (text: string) => unknown, text: string, calls: number): number {
  const start = process.cpuUsage()
  for (let call = 0; call < calls; call += 1) {
    read(text)
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1_000
}
