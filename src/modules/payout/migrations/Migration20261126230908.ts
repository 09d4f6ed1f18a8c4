import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261126230908 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_kind_created_at" ON "payout_beneficiary" ("kind", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_email" ON "payout_beneficiary" ("email");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_beneficiary_updated_at" ON "payout_beneficiary" ("updated_at");`);

    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_import_created_by_created_at" ON "payout_import" ("created_by", "created_at");`);

    this.addSql(`drop index if exists "IDX_payout_transfer_beneficiary_id_currency_code_created_at";`);

    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_beneficiary_id_status_updated_at" ON "payout_transfer" ("beneficiary_id", "status", "updated_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_updated_at" ON "payout_transfer" ("updated_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_created_by_created_at" ON "payout_transfer" ("created_by", "created_at");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_approved_by_created_at" ON "payout_transfer" ("approved_by", "created_at");`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_payout_beneficiary_kind_created_at";`);
    this.addSql(`drop index if exists "IDX_payout_beneficiary_email";`);
    this.addSql(`drop index if exists "IDX_payout_beneficiary_updated_at";`);

    this.addSql(`drop index if exists "IDX_payout_import_created_by_created_at";`);

    this.addSql(`drop index if exists "IDX_payout_transfer_beneficiary_id_status_updated_at";`);
    this.addSql(`drop index if exists "IDX_payout_transfer_updated_at";`);
    this.addSql(`drop index if exists "IDX_payout_transfer_created_by_created_at";`);
    this.addSql(`drop index if exists "IDX_payout_transfer_approved_by_created_at";`);

    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_payout_transfer_beneficiary_id_currency_code_created_at" ON "payout_transfer" ("beneficiary_id", "currency_code", "created_at");`);
  }

}
