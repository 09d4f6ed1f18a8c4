import type { Logger } from "@medusajs/framework/types"

/** Something that the shop's own code can subscribe to. Nothing secret, and of people no more than a payee's name. */
export type GatewayEvent = { name: string; data: Record<string, unknown> }

export type Announce = (event: GatewayEvent) => Promise<void>

/** The part of Medusa's event bus that is used. Its absence is nothing that a payment should fail of. */
export type EventBus = { emit(event: GatewayEvent): Promise<void> }

/** Emits on Medusa's event bus. Never rejects: a lost event must not undo what happened to the money. */
export function announceOn(eventBus: EventBus | undefined, log: Pick<Logger, "error">): Announce {
  return async (event) => {
    try {
      await eventBus?.emit(event)
    } catch (error) {
      const reason = error instanceof Error ? error.name : "unknown error"
      log.error(`The event ${event.name} could not be emitted: ${reason}`)
    }
  }
}
