import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121080855 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "webhook_event" drop constraint if exists "webhook_event_provider_id_event_key_unique";`);
    this.addSql(`create table if not exists "webhook_event" ("id" text not null, "provider_id" text not null, "event_key" text null, "reference" text not null, "word" text not null, "gateway_id" text null, "is_later" boolean not null, "claimed_amount" text null, "body" jsonb null, "state" text check ("state" in ('waiting', 'done', 'dead')) not null, "attempts" integer not null, "next_try_at" timestamptz not null, "claimed_until" timestamptz null, "outcome" text null, "error" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "webhook_event_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_deleted_at" ON "webhook_event" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_webhook_event_provider_id_event_key_unique" ON "webhook_event" ("provider_id", "event_key") WHERE event_key IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_state_next_try_at" ON "webhook_event" ("state", "next_try_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_provider_id_created_at" ON "webhook_event" ("provider_id", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_reference" ON "webhook_event" ("reference");`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "webhook_event" cascade;`);
  }

}
