export {
  chargeSavedMethodWorkflow,
  type ChargedOrder,
  type ChargeSavedMethodInput,
} from "./order-payments/charge-saved-method"
export {
  exportCustomerDataWorkflow,
  type ExportCustomerDataInput,
} from "./customer-data/customer-data"
export type { CustomerData } from "./customer-data/customer-data"
export {
  eraseCustomerDataWorkflow,
  type ErasedCustomerData,
  type EraseCustomerDataInput,
} from "./customer-data/erase-customer-data"
export {
  createPaymentLinkWorkflow,
  type CreatePaymentLinkInput,
  type PaymentLink,
} from "./order-payments/create-payment-link"
export {
  checkOrderPaymentWorkflow,
  type CheckedOrderPayment,
  type CheckOrderPaymentInput,
} from "./order-payments/check-payment"
export { confirmPaymentWorkflow, type ConfirmPaymentInput } from "./payments/settle-payment"
export { expireOrderWorkflow, type ExpireOrderInput } from "./payments/expire-order"
export {
  settleOrderWorkflow,
  type SettledOrder,
  type SettleOrderInput,
} from "./payments/settle-payment"
export type { PaymentState } from "./payments/settle-payment"
export {
  recordRefundElsewhereWorkflow,
  type RecordedRefundElsewhere,
  type RecordRefundElsewhereInput,
} from "./exceptions/record-refund-elsewhere"
export { attachExceptionWorkflow, type AttachExceptionInput } from "./exceptions/attach-payment"
export { closeExceptionWorkflow, type CloseExceptionInput } from "./exceptions/resolve-exception"
export { refundExceptionWorkflow, type RefundExceptionInput } from "./exceptions/resolve-exception"
export {
  releaseExceptionWorkflow,
  takeExceptionWorkflow,
  type ReleaseExceptionInput,
  type TakeExceptionInput,
} from "./exceptions/take-exception"
export { replayWebhookWorkflow, type ReplayWebhookInput } from "./webhooks/process-webhook"
export {
  createPayoutTransferWorkflow,
  updatePayoutTransferWorkflow,
  type UpdatePayoutTransferInput,
  type CreatedPayoutTransfer,
  type CreatePayoutTransferInput,
} from "./payouts/transfers"
export {
  approvePayoutTransferWorkflow,
  cancelPayoutTransferWorkflow,
  rejectPayoutTransferWorkflow,
  resolvePayoutTransferWorkflow,
  type ApprovePayoutTransferInput,
  type CancelPayoutTransferInput,
  type RejectPayoutTransferInput,
  type ResolvePayoutTransferInput,
} from "./payouts/transfers"
export {
  approvePayoutBatchWorkflow,
  createPayoutBatchWorkflow,
  rejectPayoutBatchWorkflow,
  withdrawPayoutBatchWorkflow,
  type ApprovePayoutBatchInput,
  type CreatePayoutBatchInput,
  type RejectPayoutBatchInput,
  type WithdrawPayoutBatchInput,
} from "./payouts/batches"
export {
  endPayoutImportWorkflow,
  importPayoutTransfersWorkflow,
  type EndPayoutImportInput,
  type ImportPayoutTransfersInput,
} from "./payouts/transfers"
export {
  importPayoutStatementWorkflow,
  makePayoutFilesWorkflow,
  resolvePayoutFileWorkflow,
  type ImportPayoutStatementInput,
  type MakePayoutFilesInput,
  type ResolvePayoutFileInput,
} from "./payouts/files"
export {
  pausePayoutsWorkflow,
  resumePayoutsWorkflow,
  type PausePayoutsInput,
  type ResumePayoutsInput,
} from "./payouts/sending"
export {
  linkPayoutBeneficiaryWorkflow,
  type LinkPayoutBeneficiaryInput,
} from "./payouts/beneficiary-customer"
export {
  createPayoutBeneficiaryWorkflow,
  decidePayoutBeneficiaryWorkflow,
  disablePayoutBeneficiaryWorkflow,
  updatePayoutBeneficiaryWorkflow,
  type CreatePayoutBeneficiaryInput,
  type DecidePayoutBeneficiaryInput,
  type DisablePayoutBeneficiaryInput,
  type UpdatePayoutBeneficiaryInput,
} from "./payouts/beneficiaries"
export {
  refreshPayoutTransferWorkflow,
  retryPayoutTransferWorkflow,
  submitPayoutTransferWorkflow,
  type RefreshPayoutTransferInput,
  type RetryPayoutTransferInput,
  type SubmitPayoutTransferInput,
} from "./payouts/transfers"
