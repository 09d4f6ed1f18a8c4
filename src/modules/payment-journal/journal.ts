import type { CheckClaim } from "./check-claim"
import type {
  GatewayOperation,
  OperationIntent,
  OperationKind,
  OperationOutcome,
  OperationStart,
} from "./gateway-operation"
import type { GatewayOrder, GatewayOrderChange, NewGatewayOrder } from "./gateway-order"
import type { NewPaymentRequest, PaymentRequest, RequestingSession } from "./payment-request"
import type { NewReceivedMoney, ReceivedMoney } from "./received-money"

/** Which of Medusa's rows (refunds, captures) still exist; see `PaymentJournal.beginOperation`. */
export type LivingRows = (ids: string[]) => Promise<string[]>

/**
 * The truth about money in flight. Medusa deletes its session, refund and capture rows when something
 * throws; these rows stay. Every method commits before it resolves, so that a row is there before the
 * socket is opened, whatever happens to the process after that.
 *
 * Amounts are decimal texts in major units and come back character for character as they were written.
 * What is no amount (`NaN`, `1,5`) is refused with an InvalidAmountError.
 */
export interface PaymentJournal {
  /** Writes the row before the gateway is asked. An order that is there already is returned as it stands. */
  openOrder(order: NewGatewayOrder): Promise<{ order: GatewayOrder; isNew: boolean }>

  findOrder(reference: string): Promise<GatewayOrder | undefined>

  /** Those of the references that the journal knows, in no order. */
  findOrders(references: readonly string[]): Promise<GatewayOrder[]>

  /** All orders of a payment session, the newest attempt first; what was attached to another is not one. */
  ordersOfSession(sessionId: string): Promise<GatewayOrder[]>

  /**
   * Orders of a cart that hold money or could still be paid, and whose session Medusa still has, newest
   * first: while there is one, the cart must not change unasked.
   */
  bindingOrdersOfCart(cartId: string): Promise<GatewayOrder[]>

  /**
   * Notes what the gateway told. A state that can't be reached from today's (see `reachableFrom`) changes
   * nothing; naming today's state again updates the other fields. Answers with the row as it stands after.
   */
  changeOrder(reference: string, change: GatewayOrderChange): Promise<GatewayOrder | undefined>

  /** Keeps a number that somebody named for the order; the newest `mostHints` of them, each once. */
  noteHint(reference: string, hint: string): Promise<void>

  /**
   * Whether the gateway may be asked about the order now on behalf of a shopper who waits: only once in
   * `intervalMs`, whoever asks and on whichever instance. The first who is told yes is the one who asks.
   */
  mayAsk(reference: string, intervalMs: number): Promise<boolean>

  /**
   * Takes over orders whose time to be asked about has come, the longest due first, whoever else does the
   * same at the same time: each goes to one. They are due again when the lease is over, unless
   * `scheduleOrderCheck` says otherwise. An order that was opened, or for which money came, is due
   * `firstCheckMs` later; see `checkAfter`.
   */
  claimOrdersToCheck(claim: CheckClaim): Promise<GatewayOrder[]>

  /** Null where nothing is expected of the order any more. */
  scheduleOrderCheck(reference: string, at: Date | null): Promise<void>

  /** Writes down what the shop's own server asks of the session that it is about to make. */
  requestPayment(request: NewPaymentRequest): Promise<PaymentRequest>

  /**
   * Gives a request to the session that names it: to one session, of the payment collection and the provider that
   * it was made for, however often that session asks. Undefined for every other.
   */
  takePaymentRequest(id: string, session: RequestingSession): Promise<PaymentRequest | undefined>

  /**
   * From then on the order's money is another session's, which is made for it, and the order counts as paid;
   * with `received` where another amount came than was ordered. The last time counts. Undefined, and nothing
   * is changed, for an order whose money is gone again, is not on the list of unmatched payments any more, or is
   * in the books of an order of the shop's; and for a session that took no request for it.
   */
  attachOrder(
    reference: string,
    sessionId: string,
    received?: string
  ): Promise<GatewayOrder | undefined>

  /**
   * From then on the money of a paid order whose own session is gone is another session's, which its cart is to be
   * completed with. Undefined, and nothing is changed, for an order that is not paid, whose session was not let go,
   * or whose money is another session's already.
   */
  moveOrder(reference: string, sessionId: string): Promise<GatewayOrder | undefined>

  /** Medusa let go of the session. The first time counts; a reference that is not known changes nothing. */
  releaseOrder(reference: string): Promise<void>

  /**
   * Idempotent: the same number of the same provider is one row, which is returned as it stands. Where it
   * isn't new, it may be another order's: compare, a gateway's number that comes twice is a finding.
   */
  receiveMoney(money: NewReceivedMoney): Promise<{ money: ReceivedMoney; isNew: boolean }>

  /** Oldest first. */
  moneyOfOrder(reference: string): Promise<ReceivedMoney[]>

  /**
   * Writes and commits the row that says "about to", under a lock on the session's orders, so that two
   * callers never both begin. `living` tells which of Medusa's rows still exist: an operation that was done
   * and whose row Medusa deleted is adopted by the next wish for the same kind and amount. See
   * `decideOperation` for the whole rule.
   *
   * @throws RangeError for an order that is not in the journal, or an amount that is not above zero
   * @throws Error where the lock can't be had in time; nothing was written
   */
  beginOperation(intent: OperationIntent, living: LivingRows): Promise<OperationStart>

  /**
   * Notes how an operation ended and ends its lease. Done and declined are final: a later word changes
   * nothing. Answers with the row as it stands after.
   */
  settleOperation(
    reference: string,
    outcome: OperationOutcome
  ): Promise<GatewayOperation | undefined>

  /**
   * Notes that a refund which was done failed afterwards, and that the order holds its money again. Only a refund that
   * is done changes, so that of several callers one is told the row; undefined for the others. It stays due to be
   * checked until `scheduleOperationCheck` says otherwise, so that what follows from it is not lost.
   */
  returnRefund(
    reference: string,
    said: Pick<OperationOutcome, "gateway_code" | "gateway_message">
  ): Promise<GatewayOperation | undefined>

  /**
   * The same as `claimOrdersToCheck` for captures, refunds and reversals that have not ended, or that are to be looked
   * at again, and that nobody is at work on. Whoever takes one over holds its lease: no wish of Medusa's resumes it meanwhile.
   */
  claimOperationsToCheck(claim: CheckClaim): Promise<GatewayOperation[]>

  /** Null where asking again tells no more. Changes nothing of what has ended and is not to be looked at again. */
  scheduleOperationCheck(reference: string, at: Date | null): Promise<void>

  /** Oldest first. */
  operationsOfOrder(reference: string, kind?: OperationKind): Promise<GatewayOperation[]>
}
