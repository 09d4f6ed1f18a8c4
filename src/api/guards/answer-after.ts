import { setTimeout as sleep } from "node:timers/promises"
import type { MedusaNextFunction, MedusaResponse } from "@medusajs/framework/http"

/** Longer than Medusa gives a completion before its lock on the cart expires, in milliseconds. */
const longestCompletionMs = 120_000

/**
 * Runs `work`, within which `handle` runs the route's own handler, and sends the answer only when `work` has ended:
 * a caller who has heard it, and asks again at once, must not meet the lease that his own request held. A shopper
 * who goes away does not end the handler's work: only its answer does.
 *
 * @param longestMs after which the handler is waited for no longer
 */
export async function answerAfter(
  res: MedusaResponse,
  next: MedusaNextFunction,
  work: (handle: () => Promise<void>) => Promise<void>,
  longestMs = longestCompletionMs
): Promise<void> {
  const end = res.end
  const isOver = new AbortController()
  let send: (() => void) | undefined
  const isAnswered = new Promise<void>((resolve) => {
    res.end = ((...given: Parameters<typeof end>) => {
      send = () => end.apply(res, given)
      resolve()
      return res
    }) as typeof end
  })
  try {
    await work(async () => {
      next()
      const patience = sleep(longestMs, undefined, { signal: isOver.signal }).catch(() => undefined)
      await Promise.race([isAnswered, patience])
    })
  } finally {
    isOver.abort()
    res.end = end
    send?.()
  }
}
