import { z } from "zod"
import { exact, readRow, time } from "../../shared/read-row"
import type { AuditLine } from "./audit-line"
import { unmatchedKinds, unmatchedStates, type UnmatchedPayment } from "./unmatched-payment"

const unmatchedRow = z
  .object({
    id: z.string(),
    provider_id: z.string(),
    reference: z.string(),
    gateway_id: z.string().nullable(),
    kind: z.enum(unmatchedKinds),
    raw_amount: exact,
    currency_code: z.string(),
    raw_received_amount: exact,
    raw_expected_amount: exact,
    expected_currency_code: z.string(),
    cart_id: z.string().nullable(),
    customer_id: z.string().nullable(),
    session_id: z.string(),
    order_id: z.string().nullable(),
    payment_id: z.string().nullable(),
    state: z.enum(unmatchedStates),
    note: z.string().nullable(),
    settled_by: z.string().nullable(),
    settled_at: time.nullable(),
    told_at: time.nullable(),
    created_at: time,
    updated_at: time,
  })
  .transform(({ raw_amount, raw_received_amount, raw_expected_amount, ...row }) => ({
    ...row,
    amount: raw_amount,
    received_amount: raw_received_amount,
    expected_amount: raw_expected_amount,
  }))

const auditRow = z.object({
  id: z.string(),
  subject_id: z.string(),
  actor: z.string(),
  action: z.string(),
  note: z.string().nullable(),
  created_at: time,
})

export function toUnmatchedPayment(row: unknown): UnmatchedPayment {
  return readRow("unmatched_payment", unmatchedRow, row)
}

export function toAuditLine(row: unknown): AuditLine {
  return readRow("gateway_audit_line", auditRow, row)
}
