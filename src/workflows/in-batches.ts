/** A run of a job ends even where more comes while it works; the next run goes on. */
const mostBatches = 100

/** Takes what is due, so many at a time, until there are fewer. `take` tells how many it took. */
export async function inBatches(
  batch: number,
  take: (limit: number) => Promise<number>
): Promise<void> {
  for (let done = 0; done < mostBatches; done++) {
    if ((await take(batch)) < batch) {
      return
    }
  }
}
