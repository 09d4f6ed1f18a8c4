import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** A refund can fail after it was said to be made, and what is to be given back still is listed. */
export class Migration20261129050101 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "gateway_operation" drop constraint if exists "gateway_operation_state_check";`);
    this.addSql(`alter table if exists "gateway_operation" add constraint "gateway_operation_state_check" check("state" in ('intended', 'done', 'declined', 'unknown', 'returned'));`);

    this.addSql(`alter table if exists "unmatched_payment" drop constraint if exists "unmatched_payment_kind_check";`);
    this.addSql(`alter table if exists "unmatched_payment" add constraint "unmatched_payment_kind_check" check("kind" in ('session_gone', 'paid_twice', 'too_much', 'too_little', 'other_currency', 'order_not_made', 'refund_due', 'refund_failed', 'refund_not_booked', 'capture_not_booked'));`);
  }

  override async down(): Promise<void> {
    this.addSql(`delete from "unmatched_payment" where "kind" = 'refund_failed';`);
    this.addSql(`alter table if exists "unmatched_payment" drop constraint if exists "unmatched_payment_kind_check";`);
    this.addSql(`alter table if exists "unmatched_payment" add constraint "unmatched_payment_kind_check" check("kind" in ('session_gone', 'paid_twice', 'too_much', 'too_little', 'other_currency', 'order_not_made', 'refund_due', 'refund_not_booked', 'capture_not_booked'));`);

    this.addSql(`update "gateway_operation" set "state" = 'declined' where "state" = 'returned';`);
    this.addSql(`alter table if exists "gateway_operation" drop constraint if exists "gateway_operation_state_check";`);
    this.addSql(`alter table if exists "gateway_operation" add constraint "gateway_operation_state_check" check("state" in ('intended', 'done', 'declined', 'unknown'));`);
  }

}
