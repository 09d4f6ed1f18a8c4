/** When this server works on gateways' messages, and on how many at once; what is done with each is told in `process-webhook.ts`. */

/**
 * How many messages a server works on at once. Each makes an order, which keeps Medusa and its database busier than
 * it waits for a gateway: more at once make each slower, and none of them sooner.
 */
export const webhooksAtOnce = 4

/**
 * Works on the next message, if there is one, and calls `onMore` as soon as it has it, where others wait. Resolves
 * whether others waited.
 */
type WorkOnNext = (onMore: () => void) => Promise<boolean>

/**
 * Works on the messages that wait, a bounded number at a time and the oldest first, until there are none: each is
 * claimed only when it is about to be worked on, so that other servers can take those that wait.
 */
export class WebhookWorker {
  readonly #workOnNext: WorkOnNext
  readonly #onError: (error: unknown) => void
  readonly #atOnce: number
  readonly #running = new Set<Promise<void>>()
  /** Places that are kept for messages which are being written down; see `keepPlace`. */
  #kept = 0
  #wakes = 0

  constructor(
    workOnNext: WorkOnNext,
    onError: (error: unknown) => void,
    atOnce: number = webhooksAtOnce
  ) {
    this.#workOnNext = workOnNext
    this.#onError = onError
    this.#atOnce = atOnce
  }

  /** Tells that there may be a message. Returns at once, and never throws. */
  wake(): void {
    this.#wakes += 1
    if (this.#hasPlace()) {
      this.#run()
    }
  }

  /** Keeps a place for a message that is about to be written down. Undefined where none is free. */
  keepPlace(): KeptPlace | undefined {
    if (!this.#hasPlace()) {
      return undefined
    }
    this.#kept += 1
    const wakes = this.#wakes
    let isKept = true
    const giveUp = () => {
      if (!isKept) {
        return false
      }
      isKept = false
      this.#kept -= 1
      return true
    }
    return {
      giveBack: () => {
        // Who was woken meanwhile may have found no place but this one.
        if (giveUp() && wakes !== this.#wakes) {
          this.wake()
        }
      },
      workOn: (work) => {
        if (giveUp()) {
          this.#run({ work, wakes })
        }
      },
    }
  }

  #hasPlace(): boolean {
    return this.#running.size + this.#kept < this.#atOnce
  }

  #run(first?: FirstWork): void {
    const worker: Promise<void> = this.#work(first).finally(() => this.#running.delete(worker))
    this.#running.add(worker)
  }

  /** Resolves when there was nothing left to claim. */
  async drain(): Promise<void> {
    this.wake()
    while (this.#running.size > 0) {
      await Promise.all(this.#running)
    }
  }

  /** @param first done before others are looked for, and nothing else where nobody was woken since its place was kept */
  async #work(first?: FirstWork): Promise<void> {
    try {
      await first?.work()
      if (first?.wakes === this.#wakes) {
        return
      }
      for (;;) {
        const wakes = this.#wakes
        const hasMore = await this.#workOnNext(() => this.wake())
        // What came since it was looked for may not have been seen.
        if (!hasMore && wakes === this.#wakes) {
          return
        }
      }
    } catch (error) {
      this.#onError(error)
    }
  }
}

/** A place of a worker's for a message that is about to be written down; the first of its calls counts. */
export type KeptPlace = {
  /** The message was not claimed, or is not new. */
  giveBack(): void
  /** Works on the message that was written down as claimed. Returns at once, and never throws. */
  workOn(work: () => Promise<void>): void
}

type FirstWork = { work: () => Promise<void>; wakes: number }
