import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261129020102 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "webhook_event" add column if not exists "claimed_by" text null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_webhook_event_created_at_id" ON "webhook_event" ("created_at", "id") WHERE state = 'waiting' AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_webhook_event_created_at_id";`);
    this.addSql(`alter table if exists "webhook_event" drop column if exists "claimed_by";`);
  }

}
