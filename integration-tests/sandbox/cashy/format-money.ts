/** `"1234.50"` of PKR is `PKR 1,234.50`. */
export function formatMoney({ amount, currency }: { amount: string; currency: string }): string {
  return `${currency} ${amount.replace(/\B(?=(\d{3})+\.)/g, ",")}`
}
