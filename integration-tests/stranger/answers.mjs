import { setTimeout as sleep } from "node:timers/promises"

/** Resolves when an address is answered well. @param {string} url @param {number} [patienceMs] */
export async function answers(url, patienceMs = 180_000) {
  const giveUpAt = performance.now() + patienceMs
  while (performance.now() < giveUpAt) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await sleep(500)
  }
  throw new Error(`${url} was not answered within ${patienceMs / 1_000} s`)
}
