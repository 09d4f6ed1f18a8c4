import type { PayoutContext } from "../payout-context"
import type { PayoutImport } from "../payout-import"
import { noteProgress } from "../store/imports"

export type Progress = Pick<PayoutImport, "status" | "checked" | "made">

/**
 * Shows how far an import is while its transaction is open, over a connection of its own. Nobody waits for it:
 * where the pool has no connection to spare, the progress shows later or not at all.
 */
export class ImportProgress {
  readonly #context: Pick<PayoutContext, "database" | "now" | "log">
  readonly #id: string
  #next: Progress | undefined
  #writing: Promise<void> | undefined

  constructor(context: Pick<PayoutContext, "database" | "now" | "log">, id: string) {
    this.#context = context
    this.#id = id
  }

  show(progress: Progress): void {
    this.#next = progress
    this.#writing ??= this.#write()
  }

  /** When nothing is written any more; never rejects. */
  async settled(): Promise<void> {
    await this.#writing
  }

  async #write(): Promise<void> {
    const { database, now, log } = this.#context
    try {
      while (this.#next) {
        const progress = this.#next
        this.#next = undefined
        await noteProgress(database, now(), this.#id, progress)
      }
    } catch (error) {
      const reason = error instanceof Error ? error.name : "unknown error"
      log.warn(`The progress of the payout import ${this.#id} could not be shown: ${reason}`)
    } finally {
      this.#writing = undefined
    }
  }
}
