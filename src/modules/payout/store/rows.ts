import { z } from "zod"
import { count, exact, readRow, time } from "../../../shared/read-row"
import type { AuditLine } from "../../payment-journal/audit-line"
import {
  beneficiaryKinds,
  beneficiaryStatuses,
  type Beneficiary,
  type BeneficiaryVersion,
} from "../beneficiary"
import { importStatuses, type PayoutImport } from "../payout-import"
import type { Transfer, TransferEvent } from "../transfer"
import { transferStates } from "../transfer-state"

const said = {
  name: z.string(),
  kind: z.enum(beneficiaryKinds),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  shop_name: z.string().nullable(),
  account_hint: z.string().nullable(),
  edited_by: z.string(),
}

const beneficiaryRow = z.object({
  id: z.string(),
  provider_id: z.string(),
  status: z.enum(beneficiaryStatuses),
  version: count,
  version_id: z.string(),
  ...said,
  identity_hints: z.record(z.string(), z.string()),
  reason: z.string().nullable(),
  created_by: z.string(),
  created_at: time,
  updated_at: time,
})

const versionRow = z.object({
  id: z.string(),
  beneficiary_id: z.string(),
  version: count,
  ...said,
  sealed_account: z.string().nullable(),
  key_id: z.string().nullable(),
  created_at: time,
})

const transferRow = z
  .object({
    id: z.string(),
    reference: z.string(),
    provider_id: z.string(),
    beneficiary_id: z.string(),
    beneficiary_version_id: z.string(),
    edited_from_version_id: z.string().nullable(),
    raw_amount: exact,
    currency_code: z.string(),
    purpose: z.string(),
    status: z.enum(transferStates),
    reason: z.string().nullable(),
    gateway_id: z.string().nullable(),
    raw_gateway_fee: exact.nullable(),
    idempotency_key: z.string(),
    request_fingerprint: z.string(),
    approval_seal: z.string().nullable(),
    created_by: z.string(),
    approved_by: z.string().nullable(),
    approved_at: time.nullable(),
    same_as_id: z.string().nullable(),
    retry_of_id: z.string().nullable(),
    import_id: z.string().nullable(),
    import_line: count.nullable(),
    submitted_at: time.nullable(),
    lease_expires_at: time.nullable(),
    next_check_at: time.nullable(),
    checks: count,
    not_found_since: time.nullable(),
    created_at: time,
    updated_at: time,
  })
  .transform(({ raw_amount: amount, raw_gateway_fee: gateway_fee, ...row }) => ({
    ...row,
    amount,
    gateway_fee,
  }))

const eventRow = z.object({
  id: z.string(),
  transfer_id: z.string(),
  position: count,
  from_status: z.enum(transferStates).nullable(),
  to_status: z.enum(transferStates),
  actor: z.string(),
  reason: z.string().nullable(),
  gateway_code: z.string().nullable(),
  gateway_message: z.string().nullable(),
  created_at: time,
})

const importRow = z.object({
  id: z.string(),
  file_name: z.string().nullable(),
  digest: z.string(),
  status: z.enum(importStatuses),
  allow_partial: z.boolean(),
  total: count,
  checked: count,
  made: count,
  problems: z.array(z.object({ line: z.number(), message: z.string() })),
  created_by: z.string(),
  created_at: time,
  updated_at: time,
})

const auditRow = z.object({
  id: z.string(),
  subject_id: z.string(),
  actor: z.string(),
  action: z.string(),
  note: z.string().nullable(),
  created_at: time,
})

export function toBeneficiary(row: unknown): Beneficiary {
  return readRow("payout_beneficiary", beneficiaryRow, row)
}

export function toVersion(row: unknown): BeneficiaryVersion {
  return readRow("payout_beneficiary_version", versionRow, row)
}

export function toTransfer(row: unknown): Transfer {
  return readRow("payout_transfer", transferRow, row)
}

export function toEvent(row: unknown): TransferEvent {
  return readRow("payout_transfer_event", eventRow, row)
}

export function toImport(row: unknown): PayoutImport {
  return readRow("payout_import", importRow, row)
}

export function toAuditLine(row: unknown): AuditLine {
  return readRow("payout_audit_line", auditRow, row)
}
