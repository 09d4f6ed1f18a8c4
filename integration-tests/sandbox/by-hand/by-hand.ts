import type { Call } from "./call"

/** A gateway's sandbox as a person starts and tries it. */
export interface ByHand {
  /** As in `--only`. */
  readonly name: string
  /** What a person calls the gateway. */
  readonly title: string
  /** @throws {PortTakenError} */
  start(settings: HandSettings): Promise<RunningSandbox>
}

export interface HandSettings {
  /** 0 for any free port. */
  readonly port: number
  /** Where webhooks go; null for where each order says, or nowhere. */
  readonly webhookUrl: string | null
}

export interface RunningSandbox {
  /** Without a slash at the end. */
  readonly url: string
  readonly credentials: Readonly<Record<string, string>>
  readonly examples: readonly Example[]
  close(): Promise<void>
}

/** Calls that can be made one after the other, each once. */
export interface Example {
  /** With a capital, and a colon behind it in print. */
  readonly what: string
  readonly calls: readonly Call[]
}
