import type { Subject } from "./measure"

/** Results go here, so that the compiler can't find that nobody needs them. */
let latest: unknown

export function lastResult(): unknown {
  return latest
}

/** Something that is done at once, without waiting. `act` gets the number of the repetition. */
export function immediate(name: string, act: (count: number) => unknown): Subject {
  return {
    name,
    run(times) {
      for (let count = 0; count < times; count++) {
        latest = act(count)
      }
    },
  }
}

/** Something that waits, with `concurrency` of it under way at any time; 1 is one after the other. */
export function concurrent(
  name: string,
  concurrency: number,
  act: () => Promise<unknown>
): Subject {
  return {
    name,
    async run(times) {
      let left = times
      const worker = async () => {
        while (left > 0) {
          left -= 1
          latest = await act()
        }
      }
      await Promise.all(Array.from({ length: Math.min(concurrency, times) }, worker))
    },
  }
}
