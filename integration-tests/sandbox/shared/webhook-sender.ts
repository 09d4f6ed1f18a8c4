import { request as requestHttp } from "node:http"
import { request as requestHttps } from "node:https"
import { setTimeout as sleep } from "node:timers/promises"

export interface WebhookMessage {
  /** The merchant's number of what it is about. */
  readonly reference: string
  /** Where this one goes, for gateways that are told so with each order. */
  readonly notifyUrl?: string
  /** POST unless told; a GET says all in its address and has no body. */
  readonly method?: "GET" | "POST"
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface WebhookAttempt {
  readonly url: string
  /** ISO 8601. */
  readonly at: string
  /** The HTTP status of the answer, or why none came. */
  readonly outcome: { readonly status: number } | { readonly error: string }
}

export interface WebhookDelivery {
  readonly message: WebhookMessage
  readonly state: "pending" | "delivered" | "given-up"
  readonly attempts: readonly WebhookAttempt[]
}

export interface WebhookSenderOptions {
  /** Asked before each attempt, so that a retry goes to an address that was mended in the meantime. */
  readonly url: (message: WebhookMessage) => URL | undefined
  /** A delivery that has failed more often than this is given up. */
  readonly maxFailures: number
  /** What becomes of the others then: by default the webhook is switched off. */
  readonly afterGivingUp?: "switch-off" | "go-on"
  /** Which HTTP statuses say that the merchant has it: by default those of the 200 range. */
  readonly isTaken?: (status: number) => boolean
  /** Before the first retry; doubled before each further one. */
  readonly retryDelayMs: number
  readonly timeoutMs: number
  readonly now: () => number
}

interface Job {
  readonly message: WebhookMessage
  state: WebhookDelivery["state"]
  readonly attempts: WebhookAttempt[]
}

/** Delivers at least once, several messages side by side, until the webhook is switched off. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions
  readonly #jobs: Job[] = []
  readonly #underWay = new Set<Promise<void>>()
  readonly #closing = new AbortController()
  #enabled = true

  constructor(options: WebhookSenderOptions) {
    this.#options = options
  }

  get enabled(): boolean {
    return this.#enabled
  }

  /** What was given up while it was off is not sent again. */
  enable(): void {
    this.#enabled = true
  }

  /** Without an address nothing is sent and nothing is kept, as for a merchant who has set none. */
  send(message: WebhookMessage): void {
    if (this.#options.url(message) === undefined || this.#closing.signal.aborted) return
    const job: Job = { message, state: "pending", attempts: [] }
    this.#jobs.push(job)
    const delivery = this.#deliver(job).finally(() => this.#underWay.delete(delivery))
    this.#underWay.add(delivery)
  }

  get deliveries(): readonly WebhookDelivery[] {
    return this.#jobs.map((job) => ({ ...job, attempts: [...job.attempts] }))
  }

  get pending(): readonly WebhookDelivery[] {
    return this.deliveries.filter(({ state }) => state === "pending")
  }

  get sent(): readonly WebhookDelivery[] {
    return this.deliveries.filter(({ state }) => state === "delivered")
  }

  /** Resolves when nothing is under way, also with what was begun in the meantime. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.settled()
  }

  async #deliver(job: Job): Promise<void> {
    const { maxFailures, retryDelayMs, afterGivingUp = "switch-off" } = this.#options
    while (this.#enabled && !this.#closing.signal.aborted) {
      if (await this.#attempt(job)) {
        job.state = "delivered"
        return
      }
      if (job.attempts.length > maxFailures) {
        if (afterGivingUp === "switch-off") this.#enabled = false
        break
      }
      await this.#wait(retryDelayMs * 2 ** (job.attempts.length - 1))
    }
    job.state = "given-up"
  }

  async #attempt(job: Job): Promise<boolean> {
    const { isTaken = isSuccess, timeoutMs } = this.#options
    const url = this.#options.url(job.message)
    const at = new Date(this.#options.now()).toISOString()
    if (url === undefined) {
      job.attempts.push({ url: "", at, outcome: { error: "No address is set" } })
      return false
    }
    try {
      const status = await post({
        ...job.message,
        url,
        timeoutMs,
        signal: this.#closing.signal,
      })
      job.attempts.push({ url: url.href, at, outcome: { status } })
      return isTaken(status)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      job.attempts.push({ url: url.href, at, outcome: { error: reason } })
      return false
    }
  }

  async #wait(ms: number): Promise<void> {
    try {
      await sleep(ms, undefined, { signal: this.#closing.signal })
    } catch {
      // Only closing ends the wait early; the loop then ends by itself.
    }
  }
}

/** What tests see of the webhooks that were sent. */
export type SentWebhooks = Pick<WebhookSender, "deliveries" | "pending" | "sent" | "settled">

/** What tells a merchant by webhooks, and tests what was sent. */
export abstract class WebhookNotifier implements SentWebhooks {
  constructor(protected readonly sender: WebhookSender) {}

  get deliveries(): readonly WebhookDelivery[] {
    return this.sender.deliveries
  }

  get pending(): readonly WebhookDelivery[] {
    return this.sender.pending
  }

  get sent(): readonly WebhookDelivery[] {
    return this.sender.sent
  }

  settled(): Promise<void> {
    return this.sender.settled()
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

interface PostOptions {
  readonly url: URL
  /** POST unless told. A GET is sent without its body. */
  readonly method?: "GET" | "POST"
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** The status of the answer; its body is not read, redirects are not followed. Rejects where no answer came. */
function post(options: PostOptions): Promise<number> {
  const { url, method = "POST", headers, body, timeoutMs, signal } = options
  const bytes = method === "GET" ? undefined : Buffer.from(body, "utf8")
  const send = url.protocol === "https:" ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method,
      headers: { ...headers, ...(bytes && { "content-length": bytes.length }) },
      // No pool: a kept connection would outlive the sandbox.
      agent: false,
      timeout: timeoutMs,
      signal,
    })
    request.on("timeout", () => request.destroy(new Error(`No answer within ${timeoutMs} ms`)))
    request.on("error", reject)
    request.on("response", (response) => {
      response.on("error", () => undefined)
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.end(bytes)
  })
}
