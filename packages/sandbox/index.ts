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

/** What they are made of, for a stand-in of your own gateway: see "One more gateway" of the same page. */
export { CallLog } from "../../integration-tests/sandbox/shared/call-log"
export { type Fault, type FaultInput, Faults } from "../../integration-tests/sandbox/shared/faults"
export {
  Ledger,
  type LedgerEntry,
  type Movement,
} from "../../integration-tests/sandbox/shared/ledger"
export {
  jsonReply,
  type Reply,
  type Route,
  type SandboxRequest,
  type SandboxServer,
  startServer,
} from "../../integration-tests/sandbox/shared/server"
export { WebhookSender } from "../../integration-tests/sandbox/shared/webhook-sender"
