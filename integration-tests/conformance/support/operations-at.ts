import type { Fault } from "../../../src/testing/conformance/faults"
import type { CallLog } from "../../sandbox/shared/call-log"
import type { Faults } from "../../sandbox/shared/faults"

/** What a suite counts of the calls to a sandbox and has go wrong with them, by what each call is for. */
export function operationsAt<Operation extends string>(
  { calls, faults }: { calls: CallLog; faults: Faults },
  paths: Readonly<Partial<Record<Operation, string>>>
) {
  return {
    calls: (operation: Operation) => {
      const path = paths[operation]
      return path === undefined ? 0 : calls.count(path)
    },
    fault: (operation: Operation, fault: Fault) => {
      const path = paths[operation]
      if (path === undefined) {
        throw new Error(`The gateway has no call to ${operation}`)
      }
      faults.addUnchecked({ ...fault, path })
    },
    clearFaults: () => faults.clear(),
  }
}
