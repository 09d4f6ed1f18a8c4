import { Migration } from "@medusajs/framework/mikro-orm/migrations";

const kinds = "'session_gone', 'paid_twice', 'too_much', 'too_little', 'other_currency', 'order_not_made', 'refund_due', 'refund_failed', 'refund_not_booked', 'capture_not_booked'";

export class Migration20261129050159 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "unmatched_payment" drop constraint if exists "unmatched_payment_kind_check";`);
    this.addSql(`alter table if exists "unmatched_payment" add constraint "unmatched_payment_kind_check" check("kind" in (${kinds}, 'order_without_cart'));`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "unmatched_payment" drop constraint if exists "unmatched_payment_kind_check";`);
    this.addSql(`delete from "unmatched_payment" where "kind" = 'order_without_cart';`);
    this.addSql(`alter table if exists "unmatched_payment" add constraint "unmatched_payment_kind_check" check("kind" in (${kinds}));`);
  }

}
