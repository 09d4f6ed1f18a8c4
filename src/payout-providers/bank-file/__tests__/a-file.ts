import type { PayoutFileInput, PayoutOrder } from "../../../modules/payout/provider"

/** Real ones would be somebody's: these have right check digits and no holder. */
export const ibans = {
  debtor: "HR1723600001101234565",
  croatian: "HR1210010051863000160",
  german: "DE89370400440532013000",
}

export const debtor = { name: "Tržnica d.o.o.", iban: ibans.debtor, bic: "ZABAHR2X" }

export const reference = (digit: number) => `P01M8CNP8X9TY5KXCAYT4RZ87T${digit}`

export function anOrder(change: Partial<PayoutOrder> = {}): PayoutOrder {
  return {
    reference: reference(1),
    amount: "1500.00",
    currencyCode: "eur",
    purpose: "Provizija, studeni",
    beneficiary: { name: "Đurđica Žganjer-Šćepanović", email: null, phone: null },
    account: { iban: ibans.croatian },
    ...change,
  }
}

export function anInput(orders: PayoutOrder[], change: Partial<PayoutFileInput> = {}) {
  return {
    messageId: "B01M8CNP8X9TY5KXCAYT4RZ87T4",
    createdAt: new Date("2026-11-29T08:30:15.250Z"),
    executionDate: "2026-12-01",
    currencyCode: "eur",
    count: orders.length,
    controlSum: "1500.00",
    orders,
    ...change,
  }
}
