/** What grows too fast does so each time; what only seemed to, because garbage was collected, is measured again. */
const rounds = 8
/** What is over sooner is measured over several calls, in milliseconds. */
const measurable = 0.2
const timesAsLong = 8

/** More than this is no growth with the text's length: as far from 8 as from 64. */
export const mostGrowth = timesAsLong ** 1.5

/**
 * How many times as long reading takes where the text is 8 times as long: some 8 where the time grows with the
 * text, some 64 where it grows with its square. It holds no absolute time, and the processor's time is what
 * counts, so that it is the same on every machine, however busy.
 *
 * @param size of the longer text, in characters
 */
export function growthOf(read: (text: string) => unknown, unit: string, size: number): number {
  const long = unit.repeat(Math.ceil(size / unit.length)).slice(0, size)
  const short = long.slice(0, Math.floor(size / timesAsLong))
  const calls = callsFor(read, short)
  let least = Infinity
  for (let round = 0; round < rounds && least > mostGrowth; round += 1) {
    least = Math.min(least, time(read, long, calls) / time(read, short, calls))
  }
  return least
}

/** So many calls that they can be measured; the first ones are also what warms the compiler up. */
function callsFor(read: (text: string) => unknown, text: string): number {
  let calls = 1
  while (calls < 4_096 && time(read, text, calls) < measurable) {
    calls *= 2
  }
  return calls
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
