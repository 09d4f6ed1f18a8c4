import { Migration } from "@medusajs/framework/mikro-orm/migrations"
import { refuseDrop } from "../../../shared/refuse-drop"

/** The codes of reasons, for other languages. Rows of before have none, and those of a server of before get none. */
export class Migration20261130040500 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "payout_transfer_event" add column if not exists "reason_code" text null, add column if not exists "reason_details" jsonb null;`
    )
    this.addSql(
      `alter table if exists "payout_audit_line" add column if not exists "note_code" text null, add column if not exists "note_details" jsonb null;`
    )
  }

  override async down(): Promise<void> {
    await refuseDrop(this, ["payout_transfer", "payout_beneficiary", "payout_file"])

    this.addSql(
      `alter table if exists "payout_transfer_event" drop column if exists "reason_code", drop column if exists "reason_details";`
    )
    this.addSql(
      `alter table if exists "payout_audit_line" drop column if exists "note_code", drop column if exists "note_details";`
    )
  }
}
