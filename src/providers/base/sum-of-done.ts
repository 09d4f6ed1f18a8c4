import { add, decimal, subtract, type DecimalString } from "../../gateways/shared/money"
import type {
  GatewayOperation,
  OperationKind,
} from "../../modules/payment-journal/gateway-operation"

/** What all moves of one kind that were surely made add up to, in major units. */
export function sumOfDone(
  operations: readonly GatewayOperation[],
  kind: OperationKind
): DecimalString {
  return operations
    .filter((operation) => operation.kind === kind && operation.state === "done")
    .reduce((sum, operation) => add(sum, decimal(operation.amount)), decimal("0"))
}

/** The same, and each sum without one of the moves: Medusa can have lost its row for any of them. */
export function possibleSums(
  operations: readonly GatewayOperation[],
  kind: OperationKind
): DecimalString[] {
  const sum = sumOfDone(operations, kind)
  const done = operations.filter(
    (operation) => operation.kind === kind && operation.state === "done"
  )
  return [sum, ...done.map((operation) => subtract(sum, decimal(operation.amount)))]
}
