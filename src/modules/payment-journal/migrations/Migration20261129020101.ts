import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261129020101 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "gateway_lease" ("key" text not null, "owner" text not null, "takeovers" integer not null default 0, "expires_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "gateway_lease_pkey" primary key ("key"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_gateway_lease_deleted_at" ON "gateway_lease" ("deleted_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "gateway_lease" cascade;`);
  }

}
