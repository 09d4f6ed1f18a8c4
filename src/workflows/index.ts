export {
  chargeSavedMethodWorkflow,
  type ChargedOrder,
  type ChargeSavedMethodInput,
} from "./order-payment/charge-saved-method"
export {
  createPaymentLinkWorkflow,
  type CreatePaymentLinkInput,
  type PaymentLink,
} from "./order-payment/create-payment-link"
export { confirmPaymentWorkflow, type ConfirmPaymentInput } from "./payment/confirm-payment"
export { expireOrderWorkflow, type ExpireOrderInput } from "./payment/expire-order"
export {
  settleOrderWorkflow,
  type SettledOrder,
  type SettleOrderInput,
} from "./payment/settle-order"
export type { PaymentState } from "./payment/payment-of-session"
