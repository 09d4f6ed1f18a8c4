/** How the shop names the payment providers; Medusa knows them by their ids alone. */
const methods: Readonly<Record<string, { name: string; hint: string }>> = {
  pp_mocasa_mocasa: { name: "Mocasa Pay", hint: "Buy now, pay later, with your Mocasa account" },
}

export function paymentMethod(providerId: string): { name: string; hint: string } {
  return methods[providerId] ?? { name: providerId, hint: "" }
}
