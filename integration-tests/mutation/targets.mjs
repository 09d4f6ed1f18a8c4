/**
 * The code that decides about money, each file with the specs that are to notice any change of it: those that try it by
 * itself. Whatever else runs through it is not counted, and would take hours.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const TARGETS = {
  "src/modules/payment-journal/may-operation-begin.ts": [
    "src/modules/payment-journal/__tests__/may-operation-begin.unit.spec.ts",
  ],
  "src/modules/payout/domain/decisions.ts": [
    "src/modules/payout/domain/__tests__/decisions.unit.spec.ts",
  ],
  "src/providers/base/amounts.ts": ["src/providers/base/__tests__/amounts.unit.spec.ts"],
  "src/providers/base/evaluate-report.ts": [
    "src/providers/base/__tests__/evaluate-report.unit.spec.ts",
  ],
  "src/providers/base/possible-operations.ts": [
    "src/providers/base/__tests__/possible-operations.unit.spec.ts",
  ],
  "src/workflows/orphan-orders/decide-orphan.ts": [
    "src/workflows/orphan-orders/__tests__/decide-orphan.unit.spec.ts",
  ],
  "src/gateways/shared/money.ts": ["src/gateways/shared/__tests__/money.unit.spec.ts"],
}

/**
 * The tables of states, of which each word counts: what a module makes when it is loaded, and the texts in it, are changed
 * too.
 *
 * @type {typeof TARGETS}
 */
export const TABLES = {
  "src/gateways/cashy/statuses.ts": ["src/gateways/cashy/__tests__/statuses.unit.spec.ts"],
  "src/gateways/kess/statuses.ts": ["src/gateways/kess/__tests__/statuses.unit.spec.ts"],
  "src/gateways/mocasa/statuses.ts": ["src/gateways/mocasa/__tests__/statuses.unit.spec.ts"],
  "src/gateways/mocopay/statuses.ts": ["src/gateways/mocopay/__tests__/statuses.unit.spec.ts"],
  "src/gateways/paymentz/statuses.ts": ["src/gateways/paymentz/__tests__/statuses.unit.spec.ts"],
  "src/modules/payout/domain/state.ts": ["src/modules/payout/domain/__tests__/state.unit.spec.ts"],
}
