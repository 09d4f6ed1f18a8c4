export { confirmPaymentWorkflow, type ConfirmPaymentInput } from "./payment/confirm-payment"
export { expireOrderWorkflow, type ExpireOrderInput } from "./payment/expire-order"
export type { PaymentState } from "./payment/payment-of-session"
