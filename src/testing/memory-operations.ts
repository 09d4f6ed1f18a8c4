import {
  decideOperation,
  type OperationDecision,
} from "../modules/payment-journal/may-operation-begin"
import {
  checkAfterOutcome,
  checkedKinds,
  type ExistingRows,
  type GatewayOperation,
  isToBeChecked,
  type OperationIntent,
  type OperationKind,
  type OperationOutcome,
  operationReachableFrom,
  unsettledStates,
} from "../modules/payment-journal/gateway-operation"
import {
  type CheckClaim,
  type ClaimRenewal,
  firstCheckMs,
  type GatewayOrder,
} from "../modules/payment-journal/gateway-order"
import {
  askingMedusa,
  type MedusaAnswers,
} from "../modules/payment-journal/repositories/operations"

/** The operations of a `MemoryJournal`: captures, refunds and voids of the orders that it has. */
export abstract class MemoryOperations {
  protected readonly orders = new Map<string, GatewayOrder>()
  protected readonly operations = new Map<string, GatewayOperation>()
  protected readonly now: () => Date
  #lastId = 0

  constructor(now: () => Date) {
    this.now = now
  }

  async beginOperation(intent: OperationIntent, existing: ExistingRows) {
    return await askingMedusa(existing, async (answers) => this.#attempt(intent, answers))
  }

  async settleOperation(
    reference: string,
    outcome: OperationOutcome,
    taken?: Pick<GatewayOperation, "updated_at">
  ) {
    const operation = this.operations.get(reference)
    const isAnothers =
      taken !== undefined &&
      outcome.state !== "done" &&
      operation?.updated_at.getTime() !== taken.updated_at.getTime()
    if (operation && unsettledStates.includes(operation.state) && !isAnothers) {
      const now = this.now()
      const { look_again_at: _, ...told } = outcome
      Object.assign(operation, withoutUndefined(told), {
        lease_expires_at: now,
        next_check_at: checkAfterOutcome(outcome, this.inMs(firstCheckMs)),
        updated_at: now,
      })
    }
    return structuredClone(operation)
  }

  async returnRefund(
    reference: string,
    gatewayError: Pick<OperationOutcome, "gateway_code" | "gateway_message">
  ) {
    const operation = this.operations.get(reference)
    const { returned } = operationReachableFrom
    if (operation?.kind !== "refund" || !returned.includes(operation.state)) {
      return undefined
    }
    const change = { state: "returned", updated_at: this.now() }
    Object.assign(operation, withoutUndefined(gatewayError), change)
    const order = this.orders.get(operation.order_reference)
    if (order?.state === "refunded") {
      Object.assign(order, { state: "paid", updated_at: this.now() })
    }
    return structuredClone(operation)
  }

  async claimOperationsToCheck(claim: CheckClaim) {
    const leaseEnd = this.inMs(claim.lease_ms)
    const kinds: readonly OperationKind[] = checkedKinds
    const free = [...this.operations.values()].filter(
      (operation) =>
        this.orders.get(operation.order_reference)?.provider_id === claim.provider_id &&
        kinds.includes(operation.kind) &&
        isToBeChecked(operation) &&
        operation.lease_expires_at <= this.now()
    )
    const claimed = claimDue(free, claim, leaseEnd)
    claimed.forEach((operation) => Object.assign(operation, { lease_expires_at: leaseEnd }))
    return structuredClone(claimed)
  }

  async renewOperations({ references, until, lease_ms }: ClaimRenewal) {
    const end = this.inMs(lease_ms)
    const held = references
      .flatMap((reference) => this.operations.get(reference) ?? [])
      .filter(({ lease_expires_at }) => lease_expires_at.getTime() === until.getTime())
    held.forEach((operation) => {
      const isScheduled = operation.next_check_at?.getTime() !== until.getTime()
      Object.assign(operation, {
        lease_expires_at: end,
        ...(isScheduled ? {} : { next_check_at: end }),
      })
    })
    return held.length > 0 ? end : undefined
  }

  async scheduleOperationCheck(reference: string, at: Date | null) {
    const operation = this.operations.get(reference)
    if (operation && (operation.next_check_at || unsettledStates.includes(operation.state))) {
      operation.next_check_at = at
    }
  }

  async operationsOfOrder(reference: string, kind?: OperationKind) {
    return structuredClone(
      [...this.operations.values()].filter(
        (operation) =>
          operation.order_reference === reference && (kind === undefined || operation.kind === kind)
      )
    )
  }

  /** Without a pause from the first look to the last write, which is all the lock that one process needs. */
  #attempt(intent: OperationIntent, alive: MedusaAnswers) {
    const order = this.orders.get(intent.order_reference)
    if (!order) {
      throw new RangeError(`The journal has no order ${intent.order_reference} to ${intent.kind}`)
    }
    const operations = [...this.operations.values()].filter(
      (other) => this.orders.get(other.order_reference)?.session_id === order.session_id
    )
    const decision = decideOperation({ intent, operations, alive, now: this.now() })
    switch (decision.type) {
      case "begin": {
        const operation: GatewayOperation = {
          ...decision.operation,
          id: this.newId("gwop"),
          gateway_id: null,
          gateway_code: null,
          gateway_message: null,
          made_elsewhere: false,
          next_check_at: decision.operation.lease_expires_at,
          checks: 0,
          ...this.timestamps(),
        }
        return { type: "begun" as const, operation: this.#keep(operation) }
      }
      case "resume":
        return { type: "resume" as const, operation: this.#keep(changed(decision, this.now())) }
      case "adopt":
        return { type: "adopted" as const, operation: this.#keep(changed(decision, this.now())) }
      case "under_way":
      case "blocked":
        return { type: decision.type, operation: structuredClone(decision.operation) }
      case "ask_medusa":
      case "over_limit":
        return decision
    }
  }

  #keep(operation: GatewayOperation): GatewayOperation {
    this.operations.set(operation.reference, operation)
    return structuredClone(operation)
  }

  protected timestamps() {
    const now = this.now()
    return { created_at: now, updated_at: now }
  }

  protected inMs(milliseconds: number): Date {
    return new Date(this.now().getTime() + milliseconds)
  }

  protected newId(prefix: string): string {
    this.#lastId += 1
    return `${prefix}_${this.#lastId}`
  }
}

/** Takes over the rows whose time has come, the longest due first; without a pause, which is its lock. */
export function claimDue<Row extends { next_check_at: Date | null; checks: number }>(
  rows: readonly Row[],
  { due, limit }: CheckClaim,
  leaseEnd: Date
): Row[] {
  const claimed = rows
    .filter(({ next_check_at }) => next_check_at !== null && next_check_at <= due)
    .sort((a, b) => Number(a.next_check_at) - Number(b.next_check_at))
    .slice(0, limit)
  for (const row of claimed) {
    row.next_check_at = leaseEnd
    row.checks += 1
  }
  return claimed
}

function changed(
  decision: Extract<OperationDecision, { type: "resume" | "adopt" }>,
  now: Date
): GatewayOperation {
  const { operation, change } = decision
  const check = decision.type === "resume" ? decision.change.lease_expires_at : undefined
  return {
    ...operation,
    ...change,
    next_check_at: check ?? operation.next_check_at,
    updated_at: now,
  }
}

/** What a change leaves out stays as it is, as in an UPDATE. */
export function withoutUndefined(change: object): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
