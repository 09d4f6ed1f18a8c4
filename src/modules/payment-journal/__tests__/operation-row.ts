import type { GatewayOperation } from "../gateway-operation"

const now = new Date("2030-01-01T00:00:00Z")

/** A refund of 10.00 PHP that is done, but for what is changed. */
export function operationRow(change: Partial<GatewayOperation> = {}): GatewayOperation {
  return {
    id: "gwop_1",
    reference: "01JQ0000000000000000000000R1",
    order_reference: "01JQ00000000000000000000000",
    kind: "refund",
    amount: "10.00",
    currency_code: "php",
    state: "done",
    medusa_id: "ref_1",
    exception_id: null,
    gateway_id: null,
    gateway_code: null,
    gateway_message: null,
    made_elsewhere: false,
    lease_expires_at: now,
    next_check_at: null,
    checks: 0,
    created_at: now,
    updated_at: now,
    ...change,
  }
}
