export type { LedgerEntry } from "../shared/ledger"
export type { KessSandbox, KessSandboxOptions } from "./sandbox"
export { startKessSandbox } from "./start"
