import { AsyncLocalStorage } from "node:async_hooks"

/** Makes sure, right before a call that changes something is sent, that it may still be sent; throws where it may not. */
export type SendingGuard = () => Promise<void>

const guards = new AsyncLocalStorage<SendingGuard>()

/**
 * Work whose calls to a gateway, but for those that only read, are each guarded: whatever came before one, such as the
 * fetch of an access token, may have taken so long that what the caller knew is not so any more.
 */
export function guardSending<Result>(
  guard: SendingGuard,
  work: () => Promise<Result>
): Promise<Result> {
  return guards.run(guard, work)
}

/** @throws what the guard throws; nothing where there is none */
export async function passSendingGuard(): Promise<void> {
  await guards.getStore()?.()
}
