"use client"

export { PaymentAction, type PaymentActionProps } from "./payment-action"
export { PaymentResult, type PaymentResultProps } from "./payment-result"
export {
  usePayment,
  type PaymentView,
  type UsePayment,
  type UsePaymentOptions,
} from "./use-payment"
