/** What a shopper's browser and a callback's checksum know of a status. */
export type ShortStatus = "Y" | "N" | "P" | "3D" | "C"

/**
 * Every long status there is, with the short one. Assumption: only the pairs of a payment that was made, declined or
 * cancelled are published; the short form knows no more than whether the payment itself was made, so it stays `Y`
 * after a refund or a chargeback.
 */
const shortStatuses = {
  begun: "P",
  authstarted: "P",
  authsuccessful: "Y",
  authfailed: "N",
  authcancelled: "C",
  cancelstarted: "P",
  cancelled: "C",
  capturestarted: "P",
  capturesuccess: "Y",
  capturefailed: "N",
  settled: "Y",
  markedforreversal: "P",
  reversed: "Y",
  chargeback: "Y",
  failed: "N",
  payoutstarted: "P",
  payoutsuccessful: "Y",
  payoutfailed: "N",
} as const satisfies Record<string, ShortStatus>

export type LongStatus = keyof typeof shortStatuses

const known: ReadonlyMap<string, ShortStatus> = new Map(Object.entries(shortStatuses))

export function shortStatus(word: string): ShortStatus {
  return known.get(word) ?? "P"
}
