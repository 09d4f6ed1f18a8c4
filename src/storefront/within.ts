/** What is used of a browser's document: its event when the shopper comes back to the tab. */
export type TabLike = {
  readonly visibilityState: string
  addEventListener(type: "visibilitychange", listener: () => void): void
  removeEventListener(type: "visibilitychange", listener: () => void): void
}

export type Ended<Value> =
  | { ended: "done"; value: Value }
  | { ended: "failed"; error: unknown }
  | { ended: "late" | "aborted" | "tab is back" }

/** What ends the wait beside the work itself. */
export type Interrupts = { signal?: AbortSignal; tab?: TabLike }

/** Work that is waited for until its time is over, the signal is aborted or the shopper comes back to the tab. */
export function within<Value>(
  ms: number,
  { signal, tab }: Interrupts,
  work: (over: AbortSignal) => Promise<Value>
): Promise<Ended<Value>> {
  return new Promise((resolve) => {
    const over = new AbortController()
    const timer = setTimeout(() => end({ ended: "late" }), ms)
    signal?.addEventListener("abort", abort)
    tab?.addEventListener("visibilitychange", look)
    if (signal?.aborted) {
      abort()
      return
    }
    work(over.signal).then(
      (value) => end({ ended: "done", value }),
      (error: unknown) => end({ ended: "failed", error })
    )

    function abort(): void {
      end({ ended: "aborted" })
    }
    function look(): void {
      if (tab?.visibilityState === "visible") {
        end({ ended: "tab is back" })
      }
    }
    function end(how: Ended<Value>): void {
      clearTimeout(timer)
      signal?.removeEventListener("abort", abort)
      tab?.removeEventListener("visibilitychange", look)
      resolve(how)
      over.abort()
    }
  })
}

/** A pause that the same things end. */
export async function pause(ms: number, interrupts: Interrupts): Promise<Ended<never>> {
  return await within(ms, interrupts, forever)
}

function forever(): Promise<never> {
  return new Promise(() => {})
}

/** `AbortSignal.throwIfAborted`, which phones of before 2022 do not have. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw signal.reason ?? new Error("This was given up")
  }
}

/** No server code is compiled with a browser's types, and on a server there is no document. */
export function ownTab(): TabLike | undefined {
  return "document" in globalThis ? (Reflect.get(globalThis, "document") as TabLike) : undefined
}
