/** The stand-ins as a test starts them; see integration-tests/sandbox/README.md of the repository. */
export {
  startCashySandbox,
  type CashySandbox,
  type CashySandboxOptions,
} from "../../integration-tests/sandbox/cashy"
export {
  startKessSandbox,
  type KessSandbox,
  type KessSandboxOptions,
} from "../../integration-tests/sandbox/kess"
export {
  startMocasaSandbox,
  type MocasaSandbox,
  type MocasaSandboxOptions,
} from "../../integration-tests/sandbox/mocasa"
export {
  startMocopaySandbox,
  type MocopaySandbox,
  type MocopaySandboxOptions,
} from "../../integration-tests/sandbox/mocopay"
export {
  startPaymentzSandbox,
  type PaymentzSandbox,
  type PaymentzSandboxOptions,
} from "../../integration-tests/sandbox/paymentz"
export type { Fault, FaultInput, LedgerEntry } from "../../integration-tests/sandbox/mocasa"
