/** Every call of KESS's API, and the name of its path among the options. */
export type KessOperation =
  | "token"
  | "nativePay"
  | "quickPay"
  | "jsapiPay"
  | "refund"
  | "checkPaymentStatus"
  | "checkRefundStatus"

export type KessPaths = Readonly<Record<KessOperation, string>>

/** Assumption: the vendor's page names its calls but not their addresses; these follow its headings. */
export const defaultPaths: KessPaths = {
  token: "/token",
  nativePay: "/native-pay",
  quickPay: "/quick-pay",
  jsapiPay: "/jsapi-pay",
  refund: "/refund",
  checkPaymentStatus: "/check-payment-status",
  checkRefundStatus: "/check-refund-status",
}
