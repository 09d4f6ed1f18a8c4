import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121033759 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "received_money" drop constraint if exists "received_money_provider_id_gateway_id_unique";`);
    this.addSql(`alter table if exists "gateway_order" drop constraint if exists "gateway_order_reference_unique";`);
    this.addSql(`alter table if exists "gateway_operation" drop constraint if exists "gateway_operation_reference_unique";`);
    this.addSql(`create table if not exists "gateway_operation" ("id" text not null, "reference" text not null, "order_reference" text not null, "kind" text check ("kind" in ('charge', 'capture', 'refund', 'reverse')) not null, "amount" numeric not null, "currency_code" text not null, "state" text check ("state" in ('intended', 'done', 'declined', 'unknown')) not null, "medusa_id" text null, "gateway_id" text null, "gateway_code" text null, "gateway_message" text null, "lease_expires_at" timestamptz not null, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_operation_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_operation_deleted_at" ON "gateway_operation" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_gateway_operation_reference_unique" ON "gateway_operation" ("reference");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_operation_order_reference" ON "gateway_operation" ("order_reference");`);

    this.addSql(`create table if not exists "gateway_order" ("id" text not null, "reference" text not null, "provider_id" text not null, "session_id" text not null, "payment_collection_id" text null, "cart_id" text null, "customer_id" text null, "requested_amount" numeric not null, "amount" numeric not null, "currency_code" text not null, "state" text check ("state" in ('opening', 'open', 'refused', 'authorized', 'paid', 'failed', 'expired', 'canceled', 'refunded', 'chargeback')) not null, "gateway_id" text null, "details" jsonb null, "expires_at" timestamptz null, "released_at" timestamptz null, "raw_requested_amount" jsonb not null, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_order_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_deleted_at" ON "gateway_order" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_gateway_order_reference_unique" ON "gateway_order" ("reference");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_session_id" ON "gateway_order" ("session_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_order_cart_id_state" ON "gateway_order" ("cart_id", "state");`);

    this.addSql(`create table if not exists "received_money" ("id" text not null, "provider_id" text not null, "gateway_id" text not null, "order_reference" text not null, "amount" numeric not null, "currency_code" text not null, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "received_money_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_received_money_deleted_at" ON "received_money" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_received_money_provider_id_gateway_id_unique" ON "received_money" ("provider_id", "gateway_id");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_received_money_order_reference" ON "received_money" ("order_reference");`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "gateway_operation" cascade;`);

    this.addSql(`drop table if exists "gateway_order" cascade;`);

    this.addSql(`drop table if exists "received_money" cascade;`);
  }

}
