import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261126225129 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "books_walk" drop constraint if exists "books_walk_provider_id_unique";`);
    this.addSql(`create table if not exists "books_walk" ("id" text not null, "provider_id" text not null, "read_until" timestamptz not null, "next_at" timestamptz not null, "again" text[] null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "books_walk_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_books_walk_deleted_at" ON "books_walk" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_books_walk_provider_id_unique" ON "books_walk" ("provider_id");`);

    this.addSql(`alter table if exists "unmatched_payment" drop constraint if exists "unmatched_payment_kind_check";`);

    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_operation_updated_at" ON "gateway_operation" ("updated_at");`);

    this.addSql(`drop index if exists "IDX_unmatched_payment_reference_kind_unique";`);

    this.addSql(`alter table if exists "unmatched_payment" add column if not exists "told_at" timestamptz null;`);
    this.addSql(`alter table if exists "unmatched_payment" add constraint "unmatched_payment_kind_check" check("kind" in ('session_gone', 'paid_twice', 'too_much', 'too_little', 'other_currency', 'order_not_made', 'refund_due', 'refund_not_booked', 'capture_not_booked'));`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_unmatched_payment_open" ON "unmatched_payment" ("reference", "kind") WHERE state = 'open' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_unmatched_payment_reference" ON "unmatched_payment" ("reference");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_unmatched_payment_provider_id_created_at" ON "unmatched_payment" ("provider_id", "created_at") WHERE told_at IS NULL AND deleted_at IS NULL;`);

    this.addSql(`alter table if exists "webhook_event" add column if not exists "session_id" text null, add column if not exists "currency_code" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "books_walk" cascade;`);

    this.addSql(`alter table if exists "unmatched_payment" drop constraint if exists "unmatched_payment_kind_check";`);

    this.addSql(`drop index if exists "IDX_gateway_operation_updated_at";`);

    this.addSql(`drop index if exists "IDX_unmatched_payment_open";`);
    this.addSql(`drop index if exists "IDX_unmatched_payment_reference";`);
    this.addSql(`drop index if exists "IDX_unmatched_payment_provider_id_created_at";`);
    this.addSql(`alter table if exists "unmatched_payment" drop column if exists "told_at";`);

    // What the older table can't hold: other kinds, which are found again, and all but the newest entry of a reference and kind.
    this.addSql(`delete from "unmatched_payment" where "kind" not in ('session_gone', 'paid_twice', 'too_much', 'too_little', 'other_currency', 'order_not_made', 'refund_due');`);
    this.addSql(`delete from "unmatched_payment" as "older" using "unmatched_payment" as "newer" where "older"."reference" = "newer"."reference" and "older"."kind" = "newer"."kind" and ("older"."created_at", "older"."id") < ("newer"."created_at", "newer"."id");`);

    this.addSql(`alter table if exists "unmatched_payment" add constraint "unmatched_payment_kind_check" check("kind" in ('session_gone', 'paid_twice', 'too_much', 'too_little', 'other_currency', 'order_not_made', 'refund_due'));`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_unmatched_payment_reference_kind_unique" ON "unmatched_payment" ("reference", "kind");`);

    this.addSql(`alter table if exists "webhook_event" drop column if exists "session_id", drop column if exists "currency_code";`);
  }

}
