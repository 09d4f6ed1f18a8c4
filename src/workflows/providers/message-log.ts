import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  type MessageKind,
  messageKinds,
  recentMessages,
  type ReceivedMessages,
} from "../../modules/payment-journal/repositories/provider-health"
import { errorMessage } from "../../shared/errors"
import { providerHealthOf } from "./check-provider"

type Write = (providerId: string, messages: ReceivedMessages) => Promise<void>

/** Nobody waits for what it tells, and a flood of forged messages must not be one of statements. */
const writeEveryMs = 1_000

/**
 * What came of the messages at the providers' addresses, gathered and written once a second. A server that dies takes what
 * it gathered with it: it is shown to people, and nothing follows from it.
 */
export class MessageLog {
  readonly #write: Write
  readonly #onError: (error: unknown) => void
  readonly #now: () => Date
  #gathered = new Map<string, ReceivedMessages>()
  #timer: NodeJS.Timeout | undefined

  constructor(write: Write, onError: (error: unknown) => void, now = () => new Date()) {
    this.#write = write
    this.#onError = onError
    this.#now = now
  }

  /** Returns at once, and never throws. */
  note(providerId: string, kind: MessageKind): void {
    const now = this.#now()
    const before = this.#gathered.get(providerId)
    this.#gathered.set(providerId, {
      letters: ((before?.letters ?? "") + messageKinds[kind]).slice(-recentMessages),
      lastAt: now,
      lastVerifiedAt: kind === "verified" ? now : (before?.lastVerifiedAt ?? null),
      lastRefusedAt: isRefused[kind] ? now : (before?.lastRefusedAt ?? null),
    })
    this.#timer ??= setTimeout(() => void this.flush(), writeEveryMs).unref()
  }

  /** Writes what was gathered, and never rejects: what can't be written is not shown. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const gathered = this.#gathered
    this.#gathered = new Map()
    for (const [providerId, messages] of gathered) {
      await this.#write(providerId, messages).catch(this.#onError)
    }
  }
}

const isRefused: Readonly<Record<MessageKind, boolean>> = {
  verified: false,
  unsigned: false,
  forged: true,
  unreadable: true,
}

/** One for each database of this process. */
const logs = new WeakMap<object, MessageLog>()

export function messageLogOf(container: MedusaContainer): MessageLog {
  const connection = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const known = logs.get(connection)
  if (known) {
    return known
  }
  const health = providerHealthOf(container)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const made = new MessageLog(
    async (providerId, messages) => await health.noteMessages(providerId, messages),
    (error) => log.warn(`What came of webhooks could not be noted: ${errorMessage(error)}`)
  )
  logs.set(connection, made)
  return made
}
