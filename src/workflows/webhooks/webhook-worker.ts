import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { errorMessage } from "../../shared/errors"
import { processNextWebhookEvent } from "./process-webhook"

/**
 * How many messages a server works on at once. Each makes an order, which keeps Medusa and its database busier than
 * it waits for a gateway: more at once make each slower, and none of them sooner.
 */
export const webhooksAtOnce = 4

/** Works on the next message, if there is one, and calls `onClaim` as soon as it has it; false where there is none. */
type WorkOnNext = (onClaim: () => void) => Promise<boolean>

/**
 * Works on the messages that wait, a bounded number at a time and the oldest first, until there are none: each is
 * claimed only when it is about to be worked on, so that other servers can take those that wait.
 */
export class WebhookWorker {
  readonly #workOnNext: WorkOnNext
  readonly #onError: (error: unknown) => void
  readonly #atOnce: number
  readonly #running = new Set<Promise<void>>()
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
    if (this.#running.size < this.#atOnce) {
      const worker: Promise<void> = this.#work().finally(() => this.#running.delete(worker))
      this.#running.add(worker)
    }
  }

  /** Resolves when there was nothing left to claim. */
  async drain(): Promise<void> {
    this.wake()
    while (this.#running.size > 0) {
      await Promise.all(this.#running)
    }
  }

  async #work(): Promise<void> {
    try {
      for (;;) {
        const wakes = this.#wakes
        // Where there is one there may be more.
        const hasWorked = await this.#workOnNext(() => this.wake())
        // What came while it was looked for may not have been seen.
        if (!hasWorked && wakes === this.#wakes) {
          return
        }
      }
    } catch (error) {
      this.#onError(error)
    }
  }
}

const workers = new WeakMap<Knex, WebhookWorker>()

/** The worker of this server. */
export function webhookWorkerOf(container: MedusaContainer): WebhookWorker {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const known = workers.get(database)
  if (known) {
    return known
  }
  const worker = new WebhookWorker(
    async (onClaim) => await processNextWebhookEvent(container, onClaim),
    (error) => {
      const reason = errorMessage(error)
      log.error(`Gateways' messages that wait are left to be worked on later: ${reason}`)
    }
  )
  workers.set(database, worker)
  return worker
}
