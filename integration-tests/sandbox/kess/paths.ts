/** Assumption: the vendor's text names the calls and no paths. */
export const defaultPaths = {
  token: "/token",
  nativePay: "/native-pay",
  quickPay: "/quick-pay",
  jsapiPay: "/jsapi-pay",
  refund: "/refund",
  checkPayment: "/check-payment-status",
  checkRefund: "/check-refund-status",
} as const

export type KessPaths = Readonly<Record<keyof typeof defaultPaths, string>>
