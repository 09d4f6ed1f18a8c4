/** Where Cashy lets the shopper pay. */
export type CashyWayToPay = { type: "page"; url: string } | { type: "code"; code: string }

export type CashyPayable = {
  payDeskUrl?: string | null
  payUrl?: string | null
  payCode?: string | null
}

/**
 * The best of the ways that an answer holds; any of the three may be absent or empty (Cashy, "Create Payin
 * Order").
 *
 * Assumption: the pay desk is better than the wallet's own page, because it shows every way there is and the
 * pay code as well. A link that is no web address is nowhere to send a shopper and counts as absent.
 */
export function wayToPay({ payDeskUrl, payUrl, payCode }: CashyPayable): CashyWayToPay | undefined {
  const url = [payDeskUrl, payUrl].find(isWebAddress)
  if (url) {
    return { type: "page", url }
  }
  const code = payCode?.trim()
  return code ? { type: "code", code } : undefined
}

function isWebAddress(link: string | null | undefined): boolean {
  return typeof link === "string" && /^https?:\/\//i.test(link) && URL.canParse(link)
}
