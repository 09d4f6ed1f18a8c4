import { Migration } from "@medusajs/framework/mikro-orm/migrations";
import { refuseDrop } from "../../../shared/refuse-drop";

export class Migration20261129074955 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "webhook_event" drop constraint if exists "webhook_event_provider_id_event_key_unique";`);
    this.addSql(`alter table if exists "till_sale" drop constraint if exists "till_sale_idempotency_key_unique";`);
    this.addSql(`alter table if exists "received_money" drop constraint if exists "received_money_provider_id_gateway_id_unique";`);
    this.addSql(`alter table if exists "order_payment_request" drop constraint if exists "order_payment_request_payment_collection_id_unique";`);
    this.addSql(`alter table if exists "gateway_provider_health" drop constraint if exists "gateway_provider_health_provider_id_unique";`);
    this.addSql(`alter table if exists "gateway_order" drop constraint if exists "gateway_order_reference_unique";`);
    this.addSql(`alter table if exists "gateway_operation" drop constraint if exists "gateway_operation_reference_unique";`);
    this.addSql(`alter table if exists "gateway_cursor" drop constraint if exists "gateway_cursor_list_provider_id_unique";`);
    this.addSql(`create table if not exists "gateway_access_token" ("key" text not null, "encrypted" text not null, "expires_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_access_token_pkey" primary key ("key"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_access_token_deleted_at" ON "gateway_access_token" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "gateway_audit_line" ("id" text not null, "subject_id" text not null, "actor" text not null, "action" text not null, "note" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_audit_line_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_audit_line_deleted_at" ON "gateway_audit_line" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_audit_line_subject_id" ON "gateway_audit_line" ("subject_id");`);

    this.addSql(`create table if not exists "gateway_cursor" ("id" text not null, "list" text not null, "provider_id" text not null, "place" jsonb null, "next_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_cursor_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_cursor_deleted_at" ON "gateway_cursor" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_gateway_cursor_list_provider_id_unique" ON "gateway_cursor" ("list", "provider_id");`);

    this.addSql(`create table if not exists "gateway_host_pause" ("origin" text not null, "until" timestamptz not null, "last_reason" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_host_pause_pkey" primary key ("origin"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_host_pause_deleted_at" ON "gateway_host_pause" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "gateway_lease" ("key" text not null, "owner" text not null, "takeovers" integer not null default 0, "expires_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_lease_pkey" primary key ("key"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_lease_deleted_at" ON "gateway_lease" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "gateway_operation" ("id" text not null, "reference" text not null, "order_reference" text not null, "kind" text check ("kind" in ('charge', 'capture', 'refund', 'void')) not null, "amount" numeric not null, "currency_code" text not null, "state" text check ("state" in ('intended', 'done', 'declined', 'unknown', 'returned')) not null, "medusa_id" text null, "exception_id" text null, "gateway_id" text null, "gateway_code" text null, "gateway_message" text null, "made_elsewhere" boolean not null default false, "lease_expires_at" timestamptz not null, "next_check_at" timestamptz null, "checks" integer not null default 0, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_operation_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_operation_deleted_at" ON "gateway_operation" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_gateway_operation_reference_unique" ON "gateway_operation" ("reference");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_operation_order_reference" ON "gateway_operation" ("order_reference");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_operation_next_check_at" ON "gateway_operation" ("next_check_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_operation_updated_at" ON "gateway_operation" ("updated_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_operation_open" ON "gateway_operation" ("created_at") WHERE state IN ('intended', 'unknown') AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "gateway_order" ("id" text not null, "reference" text not null, "provider_id" text not null, "session_id" text not null, "payment_collection_id" text null, "cart_id" text null, "customer_id" text null, "requested_amount" numeric not null, "amount" numeric not null, "currency_code" text not null, "state" text check ("state" in ('opening', 'open', 'refused', 'authorized', 'paid', 'failed', 'expired', 'canceled', 'refunded', 'chargeback')) not null, "raw_status" text null, "gateway_id" text null, "candidate_ids" text[] null, "details" jsonb null, "answers" jsonb null, "expires_at" timestamptz null, "asked_at" timestamptz null, "attached_session_id" text null, "session_released_at" timestamptz null, "awaiting_payment_since" timestamptz null, "next_check_at" timestamptz null, "checks" integer not null default 0, "raw_requested_amount" jsonb not null, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_order_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_deleted_at" ON "gateway_order" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_gateway_order_reference_unique" ON "gateway_order" ("reference");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_session_id" ON "gateway_order" ("session_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_attached_session_id" ON "gateway_order" ("attached_session_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_cart_id_state" ON "gateway_order" ("cart_id", "state");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_state_expires_at" ON "gateway_order" ("state", "expires_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_provider_id_next_check_at" ON "gateway_order" ("provider_id", "next_check_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_expires_at" ON "gateway_order" ("expires_at") WHERE awaiting_payment_since IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_created_at_id" ON "gateway_order" ("created_at", "id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_updated_at_id" ON "gateway_order" ("updated_at", "id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_amount_id" ON "gateway_order" ("amount", "id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_provider_id_created_at_id" ON "gateway_order" ("provider_id", "created_at", "id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_state_created_at_id" ON "gateway_order" ("state", "created_at", "id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_currency_code_created_at_id" ON "gateway_order" ("currency_code", "created_at", "id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_customer_id_created_at" ON "gateway_order" ("customer_id", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_payment_collection_id" ON "gateway_order" ("payment_collection_id");`);

    this.addSql(`create table if not exists "gateway_pace" ("provider_id" text not null, "free_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_pace_pkey" primary key ("provider_id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_pace_deleted_at" ON "gateway_pace" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "gateway_provider_health" ("id" text not null, "provider_id" text not null, "checked_at" timestamptz null, "checked_by" text null, "check_outcome" text check ("check_outcome" in ('accepted', 'refused', 'wrong_address', 'unclear', 'no_answer')) null, "check_code" text null, "check_message" text null, "checked_options" text null, "clock_ahead_ms" integer null, "failed_at" timestamptz null, "failed_call" text null, "failure_code" text null, "failure_message" text null, "last_message_at" timestamptz null, "last_verified_at" timestamptz null, "last_refused_at" timestamptz null, "recent_messages" text not null default '', "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_provider_health_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_provider_health_deleted_at" ON "gateway_provider_health" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_gateway_provider_health_provider_id_unique" ON "gateway_provider_health" ("provider_id");`);

    this.addSql(`create table if not exists "order_payment_request" ("id" text not null, "order_id" text not null, "payment_collection_id" text not null, "provider_id" text not null, "purpose" text check ("purpose" in ('link', 'charge', 'attach', 'till')) not null, "reference" text null, "session_id" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "order_payment_request_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_order_payment_request_deleted_at" ON "order_payment_request" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_order_payment_request_payment_collection_id_unique" ON "order_payment_request" ("payment_collection_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_order_payment_request_order_id" ON "order_payment_request" ("order_id");`);

    this.addSql(`create table if not exists "payment_exception" ("id" text not null, "provider_id" text not null, "reference" text not null, "gateway_id" text null, "kind" text check ("kind" in ('session_gone', 'paid_twice', 'too_much', 'too_little', 'other_currency', 'order_not_made', 'refund_due', 'refund_failed', 'refund_not_booked', 'capture_not_booked', 'order_without_cart')) not null, "amount" numeric not null, "currency_code" text not null, "received_amount" numeric not null, "expected_amount" numeric not null, "expected_currency_code" text not null, "cart_id" text null, "customer_id" text null, "session_id" text not null, "order_id" text null, "payment_id" text null, "state" text check ("state" in ('open', 'refunded', 'attached', 'closed')) not null, "note" text null, "taken_by" text null, "taken_until" timestamptz null, "settled_by" text null, "settled_at" timestamptz null, "told_at" timestamptz null, "raw_amount" jsonb not null, "raw_received_amount" jsonb not null, "raw_expected_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "payment_exception_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payment_exception_deleted_at" ON "payment_exception" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_payment_exception_open" ON "payment_exception" ("reference", "kind") WHERE state = 'open' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payment_exception_reference" ON "payment_exception" ("reference");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payment_exception_provider_id_created_at" ON "payment_exception" ("provider_id", "created_at") WHERE told_at IS NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payment_exception_state_created_at" ON "payment_exception" ("state", "created_at");`);

    this.addSql(`create table if not exists "received_money" ("id" text not null, "provider_id" text not null, "gateway_id" text not null, "order_reference" text not null, "amount" numeric not null, "currency_code" text not null, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "received_money_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_received_money_deleted_at" ON "received_money" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_received_money_provider_id_gateway_id_unique" ON "received_money" ("provider_id", "gateway_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_received_money_order_reference" ON "received_money" ("order_reference");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_received_money_created_at" ON "received_money" ("created_at");`);

    this.addSql(`create table if not exists "reconciliation_run" ("id" text not null, "started_at" timestamptz not null, "ended_at" timestamptz null, "checked" integer not null, "settled" integer not null, "failed" integer not null, "unmatched" integer not null, "chargebacks" integer not null default 0, "errors" integer not null, "given_up" integer not null, "error" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "reconciliation_run_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_reconciliation_run_deleted_at" ON "reconciliation_run" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_reconciliation_run_started_at" ON "reconciliation_run" ("started_at");`);

    this.addSql(`create table if not exists "till_sale" ("id" text not null, "idempotency_key" text not null, "provider_id" text not null, "order_id" text not null, "is_own_draft" boolean not null, "state" text check ("state" in ('open', 'done', 'canceled')) not null, "attempts" integer not null default 0, "session_id" text null, "problem" text null, "opened_by" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "till_sale_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_till_sale_deleted_at" ON "till_sale" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_till_sale_idempotency_key_unique" ON "till_sale" ("idempotency_key");`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_till_sale_open" ON "till_sale" ("order_id") WHERE state = 'open' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_till_sale_session_id" ON "till_sale" ("session_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_till_sale_created_at" ON "till_sale" ("created_at");`);

    this.addSql(`create table if not exists "webhook_event" ("id" text not null, "provider_id" text not null, "event_key" text null, "reference" text not null, "session_id" text null, "currency_code" text null, "raw_status" text not null, "gateway_id" text null, "is_later" boolean not null, "claimed_amount" text null, "body" jsonb null, "state" text check ("state" in ('waiting', 'done', 'dead')) not null, "attempts" integer not null, "next_try_at" timestamptz not null, "claimed_until" timestamptz null, "claimed_by" text null, "outcome" text null, "error" text null, "traceparent" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "webhook_event_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_deleted_at" ON "webhook_event" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_webhook_event_provider_id_event_key_unique" ON "webhook_event" ("provider_id", "event_key") WHERE event_key IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_state_next_try_at" ON "webhook_event" ("state", "next_try_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_created_at_id" ON "webhook_event" ("created_at", "id") WHERE state = 'waiting' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_provider_id_created_at" ON "webhook_event" ("provider_id", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_reference" ON "webhook_event" ("reference");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_with_body" ON "webhook_event" ("provider_id", "created_at") WHERE body IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_unproven" ON "webhook_event" ("provider_id", "created_at") WHERE event_key IS NULL AND deleted_at IS NULL;`);

    // For what a number begins with, which no index by the database's own collation finds; a model has no word for them.
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_reference_pattern" ON "gateway_order" ("reference" text_pattern_ops);`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_gateway_id_pattern" ON "gateway_order" ("gateway_id" text_pattern_ops);`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_received_money_gateway_id_pattern" ON "received_money" ("gateway_id" text_pattern_ops);`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_operation_gateway_id_pattern" ON "gateway_operation" ("gateway_id" text_pattern_ops);`);
  }

  override async down(): Promise<void> {
    await refuseDrop(this, ["gateway_order", "gateway_operation", "received_money", "payment_exception"]);

    this.addSql(`drop table if exists "gateway_access_token" cascade;`);

    this.addSql(`drop table if exists "gateway_audit_line" cascade;`);

    this.addSql(`drop table if exists "gateway_cursor" cascade;`);

    this.addSql(`drop table if exists "gateway_host_pause" cascade;`);

    this.addSql(`drop table if exists "gateway_lease" cascade;`);

    this.addSql(`drop table if exists "gateway_operation" cascade;`);

    this.addSql(`drop table if exists "gateway_order" cascade;`);

    this.addSql(`drop table if exists "gateway_pace" cascade;`);

    this.addSql(`drop table if exists "gateway_provider_health" cascade;`);

    this.addSql(`drop table if exists "order_payment_request" cascade;`);

    this.addSql(`drop table if exists "payment_exception" cascade;`);

    this.addSql(`drop table if exists "received_money" cascade;`);

    this.addSql(`drop table if exists "reconciliation_run" cascade;`);

    this.addSql(`drop table if exists "till_sale" cascade;`);

    this.addSql(`drop table if exists "webhook_event" cascade;`);
  }

}
