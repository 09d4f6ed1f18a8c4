import { Migration } from "@medusajs/framework/mikro-orm/migrations";
import { refuseDrop } from "../../../shared/refuse-drop";

export class Migration20261129075000 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "payout_approval" ("id" text not null, "transfer_id" text not null, "approved_by" text not null, "actor" text not null, "approval_signature" text not null, "note" text null, "voided_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_approval_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_approval_deleted_at" ON "payout_approval" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_approval_transfer_id_created_at" ON "payout_approval" ("transfer_id", "created_at");`);

    this.addSql(`create table if not exists "payout_audit_line" ("id" text not null, "subject_id" text not null, "actor" text not null, "action" text not null, "note" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_audit_line_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_audit_line_deleted_at" ON "payout_audit_line" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_audit_line_subject_id_created_at" ON "payout_audit_line" ("subject_id", "created_at");`);

    this.addSql(`create table if not exists "payout_batch" ("id" text not null, "label" text null, "source" text check ("source" in ('import', 'selection')) not null, "import_id" text null, "send_at" timestamptz null, "created_by" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_batch_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_batch_deleted_at" ON "payout_batch" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_batch_import_id_unique" ON "payout_batch" ("import_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_batch_created_by_created_at" ON "payout_batch" ("created_by", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_batch_created_at" ON "payout_batch" ("created_at");`);

    this.addSql(`create table if not exists "payout_beneficiary" ("id" text not null, "provider_id" text not null, "status" text check ("status" in ('pending', 'active', 'rejected', 'disabled')) not null, "version" integer not null, "version_id" text not null, "name" text not null, "kind" text check ("kind" in ('person', 'business')) not null, "email" text null, "phone" text null, "shop_name" text null, "account_hint" text null, "identity_hints" jsonb not null, "reason" text null, "created_by" text not null, "edited_by" text not null, "changed_by" jsonb not null, "account_changed_at" timestamptz null, "external_id" text null, "metadata" jsonb null, "idempotency_key" text null, "request_signature" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_beneficiary_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_deleted_at" ON "payout_beneficiary" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_beneficiary_idempotency_key_unique" ON "payout_beneficiary" ("idempotency_key");`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_beneficiary_external_id_unique" ON "payout_beneficiary" ("external_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_status_created_at" ON "payout_beneficiary" ("status", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_provider_id_created_at" ON "payout_beneficiary" ("provider_id", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_kind_created_at" ON "payout_beneficiary" ("kind", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_email" ON "payout_beneficiary" ("email");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_created_at" ON "payout_beneficiary" ("created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_updated_at" ON "payout_beneficiary" ("updated_at");`);

    this.addSql(`create table if not exists "payout_beneficiary_version" ("id" text not null, "beneficiary_id" text not null, "version" integer not null, "name" text not null, "kind" text check ("kind" in ('person', 'business')) not null, "email" text null, "phone" text null, "shop_name" text null, "encrypted_account" text null, "key_id" text null, "account_hint" text null, "account_digest" text null, "bank_digest" text null, "edited_by" text not null, "changed_by" jsonb not null, "account_changed_at" timestamptz null, "changed_fields" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_beneficiary_version_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_version_deleted_at" ON "payout_beneficiary_version" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_beneficiary_version_beneficiary_id_version_unique" ON "payout_beneficiary_version" ("beneficiary_id", "version");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_version_key_id" ON "payout_beneficiary_version" ("key_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_version_account_digest" ON "payout_beneficiary_version" ("account_digest");`);

    this.addSql(`create table if not exists "payout_daily_run" ("id" text not null, "kind" text check ("kind" in ('digest', 'reconciliation')) not null, "day" text not null, "started_at" timestamptz not null, "ended_at" timestamptz null, "outcome" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_daily_run_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_daily_run_deleted_at" ON "payout_daily_run" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_daily_run_kind_day_unique" ON "payout_daily_run" ("kind", "day");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_daily_run_kind_started_at" ON "payout_daily_run" ("kind", "started_at");`);

    this.addSql(`create table if not exists "payout_file" ("id" text not null, "batch_id" text not null, "provider_id" text not null, "currency_code" text not null, "number" integer not null, "message_id" text not null, "format" text not null, "file_name" text not null, "media_type" text not null, "digest" text not null, "count" integer not null, "control_sum" numeric not null, "execution_date" text not null, "encrypted_content" text not null, "key_id" text not null, "created_by" text not null, "raw_control_sum" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_file_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_file_deleted_at" ON "payout_file" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_file_batch_id_provider_id_currency_code_number_unique" ON "payout_file" ("batch_id", "provider_id", "currency_code", "number");`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_file_message_id_unique" ON "payout_file" ("message_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_file_provider_id_created_at" ON "payout_file" ("provider_id", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_file_key_id" ON "payout_file" ("key_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_file_created_at" ON "payout_file" ("created_at");`);

    this.addSql(`create table if not exists "payout_import" ("id" text not null, "file_name" text null, "digest" text not null, "lines_digest" text not null, "round" integer not null, "status" text check ("status" in ('checking', 'making', 'done', 'refused')) not null, "allow_partial" boolean not null, "total" integer not null, "checked" integer not null, "made" integer not null, "problems" jsonb not null, "known" jsonb not null, "created_by" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_import_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_import_deleted_at" ON "payout_import" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_import_lines_digest_round_unique" ON "payout_import" ("lines_digest", "round");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_import_digest" ON "payout_import" ("digest");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_import_status_created_at" ON "payout_import" ("status", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_import_created_by_created_at" ON "payout_import" ("created_by", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_import_created_at" ON "payout_import" ("created_at");`);

    this.addSql(`create table if not exists "payout_pause" ("id" text not null, "reason" text not null, "paused_by" text not null, "paused_at" timestamptz not null, "resumed_by" text null, "resumed_at" timestamptz null, "note" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_pause_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_pause_deleted_at" ON "payout_pause" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_pause_paused_at" ON "payout_pause" ("paused_at");`);

    this.addSql(`create table if not exists "payout_statement" ("id" text not null, "provider_id" text not null, "file_name" text null, "digest" text not null, "bank_ids" jsonb not null, "settled" integer not null, "known" integer not null, "others" integer not null, "told" jsonb not null, "bookings" jsonb not null, "created_by" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_statement_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_statement_deleted_at" ON "payout_statement" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_statement_provider_id_digest" ON "payout_statement" ("provider_id", "digest");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_statement_created_at" ON "payout_statement" ("created_at");`);

    this.addSql(`create table if not exists "payout_transfer" ("id" text not null, "reference" text not null, "provider_id" text not null, "beneficiary_id" text not null, "beneficiary_version_id" text not null, "edited_from_version_id" text null, "beneficiary_name" text not null, "account_hint" text null, "amount" numeric not null, "currency_code" text not null, "purpose" text not null, "status" text check ("status" in ('awaiting_approval', 'approved', 'submitting', 'processing', 'unknown', 'not_found', 'manual_review', 'succeeded', 'returned', 'failed', 'rejected', 'expired', 'canceled')) not null, "reason" text null, "delay_reason" text null, "delay_cause" text check ("delay_cause" in ('balance', 'provider', 'key')) null, "gateway_id" text null, "gateway_fee" numeric null, "idempotency_key" text not null, "request_fingerprint" text not null, "external_id" text null, "metadata" jsonb null, "approval_signature" text null, "created_by" text not null, "approved_by" text null, "approved_at" timestamptz null, "resolved_by" text null, "same_as_id" text null, "first_payment_to" text null, "retry_of_id" text null, "import_id" text null, "import_line" integer null, "batch_id" text null, "file_id" text null, "send_at" timestamptz null, "submitted_at" timestamptz null, "lease_expires_at" timestamptz null, "next_check_at" timestamptz null, "checks" integer not null default 0, "not_found_since" timestamptz null, "reconciled_at" timestamptz null, "made_in" text not null, "events_count" integer not null, "raw_amount" jsonb not null, "raw_gateway_fee" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_transfer_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_deleted_at" ON "payout_transfer" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_transfer_reference_unique" ON "payout_transfer" ("reference");`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_transfer_idempotency_key_unique" ON "payout_transfer" ("idempotency_key");`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_transfer_retry_of_id_unique" ON "payout_transfer" ("retry_of_id");`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_transfer_external_id_unique" ON "payout_transfer" ("external_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_status_next_check_at" ON "payout_transfer" ("status", "next_check_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_status_updated_at" ON "payout_transfer" ("status", "updated_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_beneficiary_id_status_updated_at" ON "payout_transfer" ("beneficiary_id", "status", "updated_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_beneficiary_version_id" ON "payout_transfer" ("beneficiary_version_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_currency_code_approved_at" ON "payout_transfer" ("currency_code", "approved_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_reconciled_at_submitted_at" ON "payout_transfer" ("reconciled_at", "submitted_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_status_created_at" ON "payout_transfer" ("status", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_provider_id_created_at" ON "payout_transfer" ("provider_id", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_currency_code_created_at" ON "payout_transfer" ("currency_code", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_currency_code_amount" ON "payout_transfer" ("currency_code", "amount");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_approved_at" ON "payout_transfer" ("approved_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_created_at" ON "payout_transfer" ("created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_updated_at" ON "payout_transfer" ("updated_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_created_by_created_at" ON "payout_transfer" ("created_by", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_approved_by_created_at" ON "payout_transfer" ("approved_by", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_import_id_import_line" ON "payout_transfer" ("import_id", "import_line");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_batch_id_status" ON "payout_transfer" ("batch_id", "status");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_file_id_status" ON "payout_transfer" ("file_id", "status");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_gateway_id" ON "payout_transfer" ("gateway_id");`);

    this.addSql(`create table if not exists "payout_transfer_event" ("id" text not null, "transfer_id" text not null, "position" integer not null, "from_status" text check ("from_status" in ('awaiting_approval', 'approved', 'submitting', 'processing', 'unknown', 'not_found', 'manual_review', 'succeeded', 'returned', 'failed', 'rejected', 'expired', 'canceled')) null, "to_status" text check ("to_status" in ('awaiting_approval', 'approved', 'submitting', 'processing', 'unknown', 'not_found', 'manual_review', 'succeeded', 'returned', 'failed', 'rejected', 'expired', 'canceled')) not null, "actor" text not null, "reason" text null, "gateway_code" text null, "gateway_message" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payout_transfer_event_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_event_deleted_at" ON "payout_transfer_event" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payout_transfer_event_transfer_id_position_unique" ON "payout_transfer_event" ("transfer_id", "position");`);
  }

  override async down(): Promise<void> {
    await refuseDrop(this, ["payout_transfer", "payout_beneficiary", "payout_file"]);

    this.addSql(`drop table if exists "payout_approval" cascade;`);

    this.addSql(`drop table if exists "payout_audit_line" cascade;`);

    this.addSql(`drop table if exists "payout_batch" cascade;`);

    this.addSql(`drop table if exists "payout_beneficiary" cascade;`);

    this.addSql(`drop table if exists "payout_beneficiary_version" cascade;`);

    this.addSql(`drop table if exists "payout_daily_run" cascade;`);

    this.addSql(`drop table if exists "payout_file" cascade;`);

    this.addSql(`drop table if exists "payout_import" cascade;`);

    this.addSql(`drop table if exists "payout_pause" cascade;`);

    this.addSql(`drop table if exists "payout_statement" cascade;`);

    this.addSql(`drop table if exists "payout_transfer" cascade;`);

    this.addSql(`drop table if exists "payout_transfer_event" cascade;`);
  }

}
