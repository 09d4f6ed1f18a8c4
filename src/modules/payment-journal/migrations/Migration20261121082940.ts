import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121082940 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "reconciliation_run" ("id" text not null, "started_at" timestamptz not null, "ended_at" timestamptz null, "checked" integer not null, "settled" integer not null, "failed" integer not null, "unmatched" integer not null, "errors" integer not null, "given_up" integer not null, "error" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "reconciliation_run_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_reconciliation_run_deleted_at" ON "reconciliation_run" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_reconciliation_run_started_at" ON "reconciliation_run" ("started_at");`);

    this.addSql(`alter table if exists "gateway_operation" add column if not exists "next_check_at" timestamptz null, add column if not exists "checks" integer not null default 0;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_operation_next_check_at" ON "gateway_operation" ("next_check_at");`);

    this.addSql(`alter table if exists "gateway_order" add column if not exists "next_check_at" timestamptz null, add column if not exists "checks" integer not null default 0;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_provider_id_next_check_at" ON "gateway_order" ("provider_id", "next_check_at");`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "reconciliation_run" cascade;`);

    this.addSql(`drop index if exists "IDX_gateway_operation_next_check_at";`);
    this.addSql(`alter table if exists "gateway_operation" drop column if exists "next_check_at", drop column if exists "checks";`);

    this.addSql(`drop index if exists "IDX_gateway_order_provider_id_next_check_at";`);
    this.addSql(`alter table if exists "gateway_order" drop column if exists "next_check_at", drop column if exists "checks";`);
  }

}
