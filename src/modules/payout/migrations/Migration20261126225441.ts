import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261126225441 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "payout_transfer" add column if not exists "edited_from_version_id" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "payout_transfer" drop column if exists "edited_from_version_id";`);
  }

}
