import type { JournalUnderTest } from "./fixtures"
import { describeAsking, describeOrders } from "./order-contract"
import { describeAttaching, describeMoney } from "./money-contract"
import { describeChecking } from "./checking-contract"
import { describeElsewhere, describeOperations } from "./operation-contract"
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
