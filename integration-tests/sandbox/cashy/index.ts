export type { CashySandbox, CashySandboxOptions } from "./sandbox"
export type { CashySettings } from "./sandbox"
export { startCashySandbox } from "./start"
