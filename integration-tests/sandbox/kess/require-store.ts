import type { KessContext } from "./context"
import { Refusal } from "./refusal"
import { findService } from "./services"

/** @throws {Refusal} for a store that is not the merchant's. */
export function requireStore({ credentials }: KessContext, storeId: string): void {
  if (storeId !== credentials.storeId) throw new Refusal("STORE_UNKNOWN")
}

/** @throws {Refusal} */
export function requireService(serviceId: string): void {
  if (findService(serviceId) === undefined) throw new Refusal("SERVICE_UNKNOWN")
}
