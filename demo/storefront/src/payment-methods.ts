/** What the shopper is asked for beyond the address, in the words of `payer` in a payment session's data. */
export type PayerQuestion = { name: "id_number"; label: string; example: string }

export type PaymentMethod = {
  name: string
  hint: string
  asks?: PayerQuestion
  /** Whether the gateway's page leads the shopper back. Where it does not, it opens in a tab of its own. */
  comesBack: boolean
}

/** How the shop names the payment providers, the first first; Medusa knows them by their ids alone. */
const methods: Readonly<Record<string, PaymentMethod>> = {
  pp_mocasa_mocasa: {
    name: "Mocasa Pay",
    hint: "Buy now, pay later, with your Mocasa account",
    comesBack: true,
  },
  pp_kess_kess: {
    name: "WeChat Pay",
    hint: "Scan a code with the app on your phone, through KESS Pay",
    comesBack: false,
  },
  pp_cashy_cashy: {
    name: "Mobile wallet",
    hint: "On a page of Cashy, which is told your name, phone and e-mail",
    asks: { name: "id_number", label: "CNIC number", example: "3310401123456" },
    comesBack: false,
  },
  pp_paymentz_paymentz: {
    name: "Card",
    hint: "Visa or Mastercard, on a page of Paymentz",
    comesBack: true,
  },
  pp_mocopay_mocopay: {
    name: "Phone bill",
    hint: "With one text message, through MoCoPay. Up to 100 euros",
    comesBack: true,
  },
}

const order = Object.keys(methods)

export function paymentMethod(providerId: string): PaymentMethod {
  return methods[providerId] ?? { name: providerId, hint: "", comesBack: true }
}

export function inOrder(providerIds: readonly string[]): string[] {
  return [...providerIds].sort((one, other) => order.indexOf(one) - order.indexOf(other))
}
