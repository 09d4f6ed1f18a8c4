import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261126225441 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "payout_transfer" add column if not exists "edited_from_version_id" text null;`);

    // What waited through an edit before this column was there.
    this.addSql(`update "payout_transfer" set "edited_from_version_id" = "beneficiary_version_id", "beneficiary_version_id" = "payout_beneficiary"."version_id" from "payout_beneficiary" where "payout_beneficiary"."id" = "payout_transfer"."beneficiary_id" and "payout_transfer"."status" = 'awaiting_approval' and "payout_transfer"."beneficiary_version_id" <> "payout_beneficiary"."version_id";`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "payout_transfer" drop column if exists "edited_from_version_id";`);
  }

}
