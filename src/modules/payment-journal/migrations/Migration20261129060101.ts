import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What the shop's own server asks of a payment on an order; only what is in this table can ask for it. */
export class Migration20261129060101 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "order_payment_request" ("id" text not null, "order_id" text not null, "payment_collection_id" text not null, "provider_id" text not null, "purpose" text check ("purpose" in ('link', 'charge', 'attach')) not null, "reference" text null, "session_id" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "order_payment_request_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_order_payment_request_deleted_at" ON "order_payment_request" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_order_payment_request_payment_collection_id_unique" ON "order_payment_request" ("payment_collection_id");`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_order_payment_request_order_id" ON "order_payment_request" ("order_id");`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "order_payment_request" cascade;`)
  }
}
