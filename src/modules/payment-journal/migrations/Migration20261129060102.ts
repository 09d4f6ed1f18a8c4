import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Which entry of the list of unmatched payments a refund gave back. */
export class Migration20261129060102 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "gateway_operation" add column if not exists "unmatched_id" text null;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "gateway_operation" drop column if exists "unmatched_id";`)
  }
}
