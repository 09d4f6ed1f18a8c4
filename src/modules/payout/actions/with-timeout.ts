/**
 * The answer of a call to a provider, or `late(reason)` where it throws or takes longer than `milliseconds`. The call
 * is not aborted: `onLate` gets an answer that comes afterwards.
 */
export async function withTimeout<Answer>(
  call: () => Promise<Answer>,
  milliseconds: number,
  late: (reason: string) => Answer,
  onLate: (answer: Answer) => void = () => {}
): Promise<Answer> {
  return await new Promise((resolve) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      resolve(late("no answer in time"))
    }, milliseconds)
    // What holds a server up when it is told to stop is the call, not the wait for it.
    timer.unref()
    const answered = (answer: Answer) => {
      clearTimeout(timer)
      if (isLate) {
        onLate(answer)
      } else {
        resolve(answer)
      }
    }
    // Its message may quote what was sent; the name of its class does not.
    const threw = (error: unknown) =>
      answered(late(error instanceof Error ? error.name : "unknown error"))
    Promise.resolve().then(call).then(answered, threw)
  })
}
