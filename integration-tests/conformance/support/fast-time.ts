/** How far the clock goes on at a time, in milliseconds: over the loopback an answer comes within a few steps. */
const stepMs = 20

/**
 * Makes a call while the clock runs ahead, for a wait that is too long for a test, such as the one for a PIN.
 * Only what takes time by itself is hurried: the network is what it is.
 */
export async function inFastTime<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  const { setImmediate } = globalThis
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] })
  try {
    let isWaiting = true
    const answer = call().finally(() => (isWaiting = false))
    while (isWaiting) {
      await new Promise((resolve) => setImmediate(resolve))
      jest.advanceTimersByTime(stepMs)
    }
    return await answer
  } finally {
    jest.useRealTimers()
  }
}
