import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261126185750 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "chargeback_walk" drop constraint if exists "chargeback_walk_provider_id_unique";`);
    this.addSql(`create table if not exists "chargeback_walk" ("id" text not null, "provider_id" text not null, "day" text null, "last_day" text null, "page" integer null, "next_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "chargeback_walk_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_chargeback_walk_deleted_at" ON "chargeback_walk" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_chargeback_walk_provider_id_unique" ON "chargeback_walk" ("provider_id");`);

    this.addSql(`alter table if exists "reconciliation_run" add column if not exists "chargebacks" integer not null default 0;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "chargeback_walk" cascade;`);

    this.addSql(`alter table if exists "reconciliation_run" drop column if exists "chargebacks";`);
  }

}
