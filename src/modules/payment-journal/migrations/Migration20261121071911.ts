import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121071911 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "gateway_order" add column if not exists "hints" text[] null, add column if not exists "asked_at" timestamptz null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_state_expires_at" ON "gateway_order" ("state", "expires_at");`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_gateway_order_state_expires_at";`);
    this.addSql(`alter table if exists "gateway_order" drop column if exists "hints", drop column if exists "asked_at";`);
  }

}
