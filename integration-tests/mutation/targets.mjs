/**
 * The code that decides about money, each file with the specs that are to notice any change of it: those that try it by
 * itself. Whatever else runs through it is not counted, and would take hours.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const TARGETS = {
  "src/modules/payment-journal/decide-operation.ts": [
    "src/modules/payment-journal/__tests__/decide-operation.unit.spec.ts",
  ],
  "src/providers/base/amounts.ts": ["src/providers/base/__tests__/amounts.unit.spec.ts"],
  "src/providers/base/evaluate-report.ts": [
    "src/providers/base/__tests__/evaluate-report.unit.spec.ts",
  ],
  "src/gateways/shared/money.ts": ["src/gateways/shared/__tests__/money.unit.spec.ts"],
}
