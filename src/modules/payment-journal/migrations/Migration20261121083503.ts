import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121083503 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "unmatched_payment" drop constraint if exists "unmatched_payment_reference_kind_unique";`);
    this.addSql(`create table if not exists "gateway_audit_line" ("id" text not null, "subject_id" text not null, "actor" text not null, "action" text not null, "note" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_audit_line_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_audit_line_deleted_at" ON "gateway_audit_line" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_audit_line_subject_id" ON "gateway_audit_line" ("subject_id");`);

    this.addSql(`create table if not exists "unmatched_payment" ("id" text not null, "provider_id" text not null, "reference" text not null, "gateway_id" text null, "kind" text check ("kind" in ('session_gone', 'paid_twice', 'too_much', 'too_little', 'other_currency', 'order_not_made', 'refund_due')) not null, "amount" numeric not null, "currency_code" text not null, "received_amount" numeric not null, "expected_amount" numeric not null, "expected_currency_code" text not null, "cart_id" text null, "customer_id" text null, "session_id" text not null, "order_id" text null, "payment_id" text null, "state" text check ("state" in ('open', 'refunded', 'attached', 'closed')) not null, "note" text null, "settled_by" text null, "settled_at" timestamptz null, "raw_amount" jsonb not null, "raw_received_amount" jsonb not null, "raw_expected_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "unmatched_payment_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_unmatched_payment_deleted_at" ON "unmatched_payment" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_unmatched_payment_reference_kind_unique" ON "unmatched_payment" ("reference", "kind");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_unmatched_payment_state_created_at" ON "unmatched_payment" ("state", "created_at");`);

    this.addSql(`alter table if exists "gateway_operation" add column if not exists "made_elsewhere" boolean not null default false;`);

    this.addSql(`alter table if exists "gateway_order" add column if not exists "attached_session_id" text null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_attached_session_id" ON "gateway_order" ("attached_session_id") WHERE attached_session_id IS NOT NULL AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "gateway_audit_line" cascade;`);

    this.addSql(`drop table if exists "unmatched_payment" cascade;`);

    this.addSql(`alter table if exists "gateway_operation" drop column if exists "made_elsewhere";`);

    this.addSql(`drop index if exists "IDX_gateway_order_attached_session_id";`);
    this.addSql(`alter table if exists "gateway_order" drop column if exists "attached_session_id";`);
  }

}
