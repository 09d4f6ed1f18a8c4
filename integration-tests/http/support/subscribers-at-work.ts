import eventBus from "@medusajs/medusa/event-bus-local"

type Handler = (event: unknown) => Promise<unknown>
type Subscribe = (event: string | symbol, handler: Handler, context?: object) => unknown

let atWork = 0

/** How many handlers of events are at work in this process. Medusa's local event bus waits for none of them. */
export function subscribersAtWork(): number {
  return atWork
}

/**
 * Has each handler counted that subscribes from now on: to be called before Medusa boots.
 *
 * @returns what ends it: the next spec file of the worker has the same event bus, and counts for itself
 */
export function countSubscribers(): () => void {
  const prototype: { subscribe: Subscribe } = eventBus.service.prototype
  const { subscribe } = prototype
  prototype.subscribe = function (event, handler, context) {
    const counted: Handler = async (data) => {
      atWork += 1
      try {
        return await handler(data)
      } finally {
        atWork -= 1
      }
    }
    return subscribe.call(this, event, Object.assign(counted, handler), context)
  }
  return () => {
    prototype.subscribe = subscribe
  }
}
