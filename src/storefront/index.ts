export { leaveFor, type DocumentLike } from "./next-action"
export { nextAction, type NextAction, type PaymentSessionLike } from "./next-action"
export { qrSvg } from "./next-action"
export {
  waitForPayment,
  type PaymentState,
  type StoreFetch,
  type WaitOptions,
} from "./wait-for-payment"
