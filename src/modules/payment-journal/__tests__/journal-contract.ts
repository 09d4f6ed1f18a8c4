import type { JournalUnderTest } from "./journal-fixtures"
import { describeAsking } from "./asking-contract"
import { describeAttaching } from "./attaching-contract"
import { describeChecking } from "./checking-contract"
import { describeElsewhere } from "./elsewhere-contract"
import { describeMoney } from "./money-contract"
import { describeOperations } from "./operation-contract"
import { describeOrders } from "./order-contract"
import { describeRepeatedOperations } from "./repeated-operation-contract"

/** What `PaymentJournal` promises, asked of one implementation. */
export function describeJournalContract(subject: () => JournalUnderTest): void {
  describeOrders(subject)
  describeAttaching(subject)
  describeAsking(subject)
  describeChecking(subject)
  describeMoney(subject)
  describeOperations(subject)
  describeRepeatedOperations(subject)
  describeElsewhere(subject)
}
