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
export {
  recordRefundElsewhereWorkflow,
  type RecordedRefundElsewhere,
  type RecordRefundElsewhereInput,
} from "./unmatched/record-refund-elsewhere"
export { attachUnmatchedWorkflow, type AttachUnmatchedInput } from "./unmatched/attach-unmatched"
export { closeUnmatchedWorkflow, type CloseUnmatchedInput } from "./unmatched/close-unmatched"
export { refundUnmatchedWorkflow, type RefundUnmatchedInput } from "./unmatched/refund-unmatched"
export { replayWebhookWorkflow, type ReplayWebhookInput } from "./webhook/replay-webhook"
export {
  createPayoutTransferWorkflow,
  type CreatedPayoutTransfer,
  type CreatePayoutTransferInput,
} from "./payout/create-transfer"
export {
  approvePayoutTransferWorkflow,
  cancelPayoutTransferWorkflow,
  rejectPayoutTransferWorkflow,
  resolvePayoutTransferWorkflow,
  type ApprovePayoutTransferInput,
  type CancelPayoutTransferInput,
  type RejectPayoutTransferInput,
  type ResolvePayoutTransferInput,
} from "./payout/decide-on-transfer"
export {
  importPayoutTransfersWorkflow,
  type ImportPayoutTransfersInput,
} from "./payout/import-transfers"
export {
  createPayoutBeneficiaryWorkflow,
  decidePayoutBeneficiaryWorkflow,
  disablePayoutBeneficiaryWorkflow,
  updatePayoutBeneficiaryWorkflow,
  type CreatePayoutBeneficiaryInput,
  type DecidePayoutBeneficiaryInput,
  type DisablePayoutBeneficiaryInput,
  type UpdatePayoutBeneficiaryInput,
} from "./payout/manage-beneficiary"
export {
  refreshPayoutTransferWorkflow,
  retryPayoutTransferWorkflow,
  submitPayoutTransferWorkflow,
  type RefreshPayoutTransferInput,
  type RetryPayoutTransferInput,
  type SubmitPayoutTransferInput,
} from "./payout/send-transfer"
