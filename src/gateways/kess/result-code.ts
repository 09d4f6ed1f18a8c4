import { meaningOf } from "../shared/messages"

export type KessResult = "done" | "unknown"

/**
 * Every `result_code` that KESS documents. What it says differs from call to call: of native pay that the QR
 * was made, not that it was paid; of quick and jsapi pay that the shopper was charged, which check payment
 * status still has to confirm.
 *
 * Assumption: of a refund it says that the refund was made, since the page shows no other word for it.
 */
const results: Readonly<Record<string, KessResult>> = {
  SUCCESS: "done",
}

/** A word that is not documented is no proof, and no refusal either: perhaps the shopper is still at it. */
export function resultOf(resultCode: string): KessResult {
  return meaningOf(results, resultCode) ?? "unknown"
}
