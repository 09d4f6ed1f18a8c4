export { CheckoutError, toCheckoutError, type CheckoutErrorCode } from "./checkout-error"
export {
  completeCheckout,
  type CheckoutResult,
  type CheckoutSession,
  type CompleteOptions,
} from "./complete-checkout"
export {
  followPayment,
  type Followed,
  type FollowOptions,
  type PaymentProgress,
} from "./follow-payment"
export { leaveFor, type DocumentLike } from "./leave-for"
export {
  nextAction,
  type NextAction,
  type PageAction,
  type PaymentSessionLike,
} from "./next-action"
export type { PaidState, PaymentState, UnpaidState } from "./payment-state"
export { qrSvg } from "./qr-svg"
export { returnedPayment, type ReturnedPayment } from "./returned-payment"
export { createStoreFetch, type StoreAddress, type StoreFetch } from "./store-fetch"
export { waitForPayment, type WaitOptions } from "./wait-for-payment"
export type { TabLike } from "./within"
