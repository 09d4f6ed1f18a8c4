import type { KessOrder } from "./orders"
import { findService } from "./services"

export const walletPath = "/wallet"

/** What the buyer's wallet opens an order by: the text of its QR. Of a scanned code nobody but the wallet sees it. */
export function walletCode({ serviceId, walletId }: KessOrder): string {
  return findService(serviceId)?.qrText(walletId) ?? walletId
}
