export { leaveFor, type DocumentLike } from "./leave-for"
export { nextAction, type NextAction, type PaymentSessionLike } from "./next-action"
export { qrSvg } from "./qr-svg"
export {
  waitForPayment,
  type PaymentState,
  type StoreFetch,
  type WaitOptions,
} from "./wait-for-payment"
