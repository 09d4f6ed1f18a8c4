/** What grows too fast does so each time; what only seemed to, because garbage was collected, is measured again. */
const rounds = 8
/** What is over sooner is measured over several calls, in milliseconds. */
const measurable = 0.2
/** The longest text is 8 times as long as the shortest: each is twice as long as the one before. */
const doublings = 3

/** More than this is no growth with the text's length: as far from 2 as from 4. */
export const mostGrowth = 2 ** 1.5

/**
 * How many times as long reading takes where the text is twice as long: some 2 where the time grows with the text,
 * some 4 where it grows with its square. It holds no absolute time, and the processor's time is what counts, so that
 * it is the same on every machine, however busy.
 *
 * It is the middle one of three doublings: a square shows in each of them. A step shows in one alone, as where a text
 * gets too long for memory that is at hand and the system is asked for new pages each time (five times as long for a
 * character beyond 8,000 of them, and no more after that).
 *
 * @param size of the longest text, in characters
 */
export function growthOf(read: (text: string) => unknown, unit: string, size: number): number {
  const long = unit.repeat(Math.ceil(size / unit.length)).slice(0, size)
  const texts = Array.from({ length: doublings + 1 }, (_, index) =>
    long.slice(0, Math.floor(size / 2 ** (doublings - index)))
  )
  const calls = callsFor(read, texts[0]!)
  let least = Infinity
  for (let round = 0; round < rounds && least > mostGrowth; round += 1) {
    const times = texts.map((text) => time(read, text, calls))
    const growths = times.slice(1).map((value, index) => value / times[index]!)
    least = Math.min(least, growths.sort((one, other) => one - other)[1]!)
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
